// SPDX-License-Identifier: Apache-2.0
/** The kits of ports, run on any class without a test project. */
@NullMarked
package com.techpro.callclient.testkit.cli.kit;

import org.jspecify.annotations.NullMarked;
