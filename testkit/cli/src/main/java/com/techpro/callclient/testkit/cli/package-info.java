// SPDX-License-Identifier: Apache-2.0
/** The command line {@code ./callclient}: its subcommands and their arguments. */
@NullMarked
package com.techpro.callclient.testkit.cli;

import org.jspecify.annotations.NullMarked;
