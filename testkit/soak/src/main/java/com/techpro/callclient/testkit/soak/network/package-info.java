// SPDX-License-Identifier: Apache-2.0
/** A deliberately bad network in front of the machine's own sockets. */
@NullMarked
package com.techpro.callclient.testkit.soak.network;

import org.jspecify.annotations.NullMarked;
