// SPDX-License-Identifier: Apache-2.0
/** The embedded PBX in a browser: one page, served on loopback to who has the address with its token. */
@NullMarked
package com.techpro.callclient.testkit.cli.console;

import org.jspecify.annotations.NullMarked;
