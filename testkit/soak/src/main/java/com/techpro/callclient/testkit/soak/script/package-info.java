// SPDX-License-Identifier: Apache-2.0
/** What the calls of a soak do. */
@NullMarked
package com.techpro.callclient.testkit.soak.script;

import org.jspecify.annotations.NullMarked;
