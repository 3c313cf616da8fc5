// SPDX-License-Identifier: Apache-2.0
/** The subcommands, and how their arguments are read. */
@NullMarked
package com.techpro.callclient.testkit.soak.cli;

import org.jspecify.annotations.NullMarked;
