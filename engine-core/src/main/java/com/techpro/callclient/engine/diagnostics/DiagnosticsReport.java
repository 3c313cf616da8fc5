// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.internal.diagnostics.ReportJson;
import java.time.Instant;
import java.util.List;

/**
 * A report for a support ticket: recent events, the newest last, with at most 50 entries of each
 * kind. It identifies nobody: it has no numbers, names, addresses, hosts or secrets (promise O2).
 * Accounts and calls have their ids within the client.
 *
 * @param time when the report was made
 * @param started when the client was created
 * @param userAgent the value of the User-Agent header: the product, its version and the device
 * @param callInputs of the last calls, empty unless the config keeps them
 * @param refused the last requests that the engine refused by itself; the counters have their total
 */
public record DiagnosticsReport(
        Instant time,
        Instant started,
        String userAgent,
        List<AccountStatus> accounts,
        List<RegistrationRecord> registrations,
        List<CallRecord> calls,
        List<FailureRecord> failures,
        List<RefusedRequest> refused,
        List<NetworkChange> networkChanges,
        List<CallInputs> callInputs,
        SignallingLoad signalling,
        ClientCounters counters) {
    public DiagnosticsReport {
        accounts = List.copyOf(accounts);
        registrations = List.copyOf(registrations);
        calls = List.copyOf(calls);
        failures = List.copyOf(failures);
        refused = List.copyOf(refused);
        networkChanges = List.copyOf(networkChanges);
        callInputs = List.copyOf(callInputs);
    }

    /**
     * Returns the report as a JSON object (RFC 8259), indented, with times in ISO 8601 and
     * durations in milliseconds.
     */
    public String toJson() {
        return ReportJson.write(this);
    }
}
