// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

/** There is no account to use; the message says why, and what to do. */
final class NoLogin extends Exception {
    private static final long serialVersionUID = 1;

    NoLogin(String message) {
        super(message);
    }
}
