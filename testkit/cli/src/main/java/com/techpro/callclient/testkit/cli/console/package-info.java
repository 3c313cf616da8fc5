// SPDX-License-Identifier: Apache-2.0
/**
 * A browser console for the embedded PBX: one page on loopback, protected by a token in its
 * address.
 */
@NullMarked
package com.techpro.callclient.testkit.cli.console;

import org.jspecify.annotations.NullMarked;
