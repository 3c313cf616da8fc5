// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.cli;

/** An argument that cannot be meant; the message says what could be. */
final class BadArgument extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadArgument(String message) {
        super(message);
    }
}
