// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.diagnostics.AccountStatus;
import com.techpro.callclient.engine.diagnostics.CallRecord;
import com.techpro.callclient.engine.diagnostics.DiagnosticsReport;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.diagnostics.SignallingLoad;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.RefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counters and a report of what a fake client has. Under the context's lock. */
final class FakeReports {
    private final FakeContext context;
    private final Instant started;
    private final List<RefusedRequest> refused = new ArrayList<>();

    FakeReports(FakeContext context) {
        this.context = context;
        this.started = context.now();
    }

    /** Notes a call that was refused before it rang. */
    RefusedRequest refused(RefusalReason reason, int status) {
        RefusedRequest request = new RefusedRequest(context.now(), reason, "INVITE", status, 0);
        refused.add(request);
        return request;
    }

    ClientCounters counters(int accounts, int calls) {
        Map<String, Long> refusals = new TreeMap<>();
        refused.forEach(request -> refusals.merge(request.reason().code(), 1L, Long::sum));
        return new ClientCounters(
                accounts,
                calls,
                0,
                0,
                0,
                0,
                0,
                0,
                Map.of(),
                refusals,
                Map.of(),
                context.failures().size(),
                Map.of());
    }

    DiagnosticsReport report(String client, List<? extends Account> registered, List<FakeCall> everyCall) {
        List<AccountStatus> accounts = new ArrayList<>();
        int open = 0;
        for (Account account : registered) {
            RegistrationSnapshot now = account.registration();
            Failure failure = now.failure();
            accounts.add(new AccountStatus(
                    account.id(),
                    account.sipAccount().transport(),
                    now.state(),
                    failure == null ? null : failure.code(),
                    now.weakenedSecurity()));
        }
        List<CallRecord> calls = new ArrayList<>();
        for (FakeCall call : everyCall) {
            CallRecord record = record(call.snapshot());
            if (record == null) {
                open++;
            } else {
                calls.add(record);
            }
        }
        return new DiagnosticsReport(
                context.now(),
                started,
                client,
                accounts,
                List.of(),
                calls,
                List.of(),
                refused,
                List.of(),
                List.of(),
                new SignallingLoad(false, 0, Duration.ZERO, Duration.ZERO),
                counters(registered.size(), open));
    }

    /** Returns null if the call has not ended. */
    private static @Nullable CallRecord record(CallSnapshot call) {
        CallEnding ending = call.ending();
        Instant ended = call.ended();
        Instant answered = call.answered();
        if (ending == null || ended == null) {
            return null;
        }
        return new CallRecord(
                ended,
                call.id(),
                call.direction(),
                ending.code(),
                Duration.between(call.started(), answered == null ? ended : answered),
                answered == null ? null : Duration.between(answered, ended),
                call.encrypted(),
                null,
                null,
                null,
                List.of());
    }
}
