// SPDX-License-Identifier: Apache-2.0
/** Runs the ports' kits on any class without a test project. */
@NullMarked
package com.techpro.callclient.testkit.cli.kit;

import org.jspecify.annotations.NullMarked;
