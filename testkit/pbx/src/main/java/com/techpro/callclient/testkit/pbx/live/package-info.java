// SPDX-License-Identifier: Apache-2.0
/** Snapshots of the PBX's calls for outside readers. */
@NullMarked
package com.techpro.callclient.testkit.pbx.live;

import org.jspecify.annotations.NullMarked;
