// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.transaction.TransactionCounters;
import com.techpro.callclient.stack.sip.transport.TransportCounters;

/**
 * A snapshot for statistics and leak checks.
 *
 * @param endpoints open accounts
 * @param dialogs registered dialogs
 * @param requests requests sent whose outcome is open
 * @param untrustedSources requests refused because they did not come from the account's phone
 *     system
 * @param unknownDialogs requests answered with 481
 */
public record SipCounters(
        TransactionCounters transactions,
        TransportCounters transport,
        int endpoints,
        int dialogs,
        int requests,
        long untrustedSources,
        long unknownDialogs) {}
