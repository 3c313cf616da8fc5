// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.net;

import java.io.IOException;

/**
 * The engine refused to contact this destination (promise S5). Nothing was sent to it. The message
 * contains no name and no address.
 */
public final class DestinationRefusedException extends IOException {
    private static final long serialVersionUID = 1L;

    public DestinationRefusedException() {
        super("this destination is not one that the account, its phone system or the policy names");
    }
}
