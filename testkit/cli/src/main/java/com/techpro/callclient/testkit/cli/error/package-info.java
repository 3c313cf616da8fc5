// SPDX-License-Identifier: Apache-2.0
/** How every command says that something went wrong. */
@NullMarked
package com.techpro.callclient.testkit.cli.error;

import org.jspecify.annotations.NullMarked;
