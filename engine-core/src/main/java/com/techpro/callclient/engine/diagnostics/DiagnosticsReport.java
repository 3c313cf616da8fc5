// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.internal.diagnostics.ReportJson;
import java.time.Instant;
import java.util.List;

/**
 * What a support ticket needs: what happened lately, newest last, with at most 50 entries of each kind. There is nothing in it that names
 * anybody: no numbers, names, addresses, hosts, and no secrets (promise O2); accounts and calls have their ids within the client.
 *
 * @param time when this was written
 * @param started when the client was created
 * @param userAgent what the User-Agent header says: the product, its version and the device
 * @param refused the last requests that the engine refused by itself; how many there were is in the counters
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
        SignallingLoad signalling,
        ClientCounters counters) {
    public DiagnosticsReport {
        accounts = List.copyOf(accounts);
        registrations = List.copyOf(registrations);
        calls = List.copyOf(calls);
        failures = List.copyOf(failures);
        refused = List.copyOf(refused);
        networkChanges = List.copyOf(networkChanges);
    }

    /** The same as an object of JSON (RFC 8259), indented, with times in ISO 8601 and durations in milliseconds. */
    public String toJson() {
        return ReportJson.write(this);
    }
}
