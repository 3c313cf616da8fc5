// SPDX-License-Identifier: Apache-2.0
/** What a scenario keeps on disk while it runs. */
@NullMarked
package com.techpro.callclient.testkit.soak.disk;

import org.jspecify.annotations.NullMarked;
