// SPDX-License-Identifier: Apache-2.0
/** Contract kits for the ports, fakes that pass them, virtual time and leak checks. */
@NullMarked
package com.techpro.callclient.testkit.contracts;

import org.jspecify.annotations.NullMarked;
