// SPDX-License-Identifier: Apache-2.0
/** What a PBX was told to be, and what its numbers mean. */
@NullMarked
package com.techpro.callclient.testkit.pbx.settings;

import org.jspecify.annotations.NullMarked;
