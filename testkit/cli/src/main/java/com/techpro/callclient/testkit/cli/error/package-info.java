// SPDX-License-Identifier: Apache-2.0
/** The format in which all commands report errors. */
@NullMarked
package com.techpro.callclient.testkit.cli.error;

import org.jspecify.annotations.NullMarked;
