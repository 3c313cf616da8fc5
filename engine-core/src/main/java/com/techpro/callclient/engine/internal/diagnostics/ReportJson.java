// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import com.google.gson.stream.JsonWriter;
import com.techpro.callclient.engine.ClientCounters;
import com.techpro.callclient.engine.diagnostics.AccountStatus;
import com.techpro.callclient.engine.diagnostics.CallInputs;
import com.techpro.callclient.engine.diagnostics.CallRecord;
import com.techpro.callclient.engine.diagnostics.DiagnosticsReport;
import com.techpro.callclient.engine.diagnostics.FailureRecord;
import com.techpro.callclient.engine.diagnostics.NetworkChange;
import com.techpro.callclient.engine.diagnostics.RefusedRequest;
import com.techpro.callclient.engine.diagnostics.RegistrationRecord;
import com.techpro.callclient.engine.diagnostics.SignallingLoad;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The report as text for a ticket, in a fixed order. */
public final class ReportJson {
    private static final int VERSION = 1;

    private final JsonWriter json;

    private ReportJson(JsonWriter json) {
        this.json = json;
    }

    public static String write(DiagnosticsReport report) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setIndent("  ");
            new ReportJson(json).report(report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void report(DiagnosticsReport report) throws IOException {
        json.beginObject();
        json.name("version").value(VERSION);
        json.name("time").value(report.time().toString());
        json.name("started").value(report.started().toString());
        json.name("userAgent").value(report.userAgent());
        list("accounts", report.accounts(), this::account);
        list("registrations", report.registrations(), this::registration);
        list("calls", report.calls(), this::call);
        list("failures", report.failures(), this::failure);
        list("refused", report.refused(), this::refused);
        list("networkChanges", report.networkChanges(), this::networkChange);
        list("callInputs", report.callInputs(), this::callInputs);
        signalling(report.signalling());
        counters(report.counters());
        json.endObject();
    }

    private interface Entry<T> {
        void write(T entry) throws IOException;
    }

    private <T> void list(String name, List<T> entries, Entry<T> writer) throws IOException {
        json.name(name).beginArray();
        for (T entry : entries) {
            json.beginObject();
            writer.write(entry);
            json.endObject();
        }
        json.endArray();
    }

    private void numbers(String name, Map<String, Long> numbers) throws IOException {
        json.name(name).beginObject();
        for (Map.Entry<String, Long> entry : new TreeMap<>(numbers).entrySet()) {
            json.name(entry.getKey()).value(entry.getValue());
        }
        json.endObject();
    }

    private void millis(String name, @Nullable Duration duration) throws IOException {
        json.name(name).value(duration == null ? null : Long.valueOf(duration.toMillis()));
    }

    private void signalling(SignallingLoad load) throws IOException {
        json.name("signalling").beginObject();
        json.name("overloaded").value(load.overloaded());
        json.name("waiting").value(load.waiting());
        millis("queueDelayMs", load.queueDelay());
        millis("longestQueueDelayMs", load.longestQueueDelay());
        json.endObject();
    }

    private void account(AccountStatus account) throws IOException {
        json.name("account").value(account.account());
        json.name("transport").value(account.transport().name());
        json.name("state").value(account.state().name());
        json.name("failure").value(account.failure());
        json.name("weakenedSecurity").value(account.weakenedSecurity());
    }

    private void registration(RegistrationRecord registration) throws IOException {
        json.name("time").value(registration.time().toString());
        json.name("account").value(registration.account());
        json.name("state").value(registration.state().name());
        json.name("failure").value(registration.failure());
        millis("retryInMs", registration.retryIn());
    }

    private void callInputs(CallInputs inputs) throws IOException {
        json.name("call").value(inputs.call());
        json.name("lines").beginArray();
        for (String line : inputs.lines()) {
            json.value(line);
        }
        json.endArray();
    }

    private void call(CallRecord call) throws IOException {
        json.name("time").value(call.time().toString());
        json.name("call").value(call.call());
        json.name("direction").value(call.direction().name());
        json.name("ending").value(call.ending());
        millis("rangMs", call.rang());
        millis("spokeMs", call.spoke());
        json.name("encrypted").value(call.encrypted());
        json.name("codec").value(call.codec());
        json.name("mos").value(call.mos());
        json.name("lossPercent").value(call.lossPercent());
        json.name("mosHistory").beginArray();
        for (double mos : call.mosHistory()) {
            json.value(mos);
        }
        json.endArray();
    }

    private void failure(FailureRecord failure) throws IOException {
        json.name("time").value(failure.time().toString());
        json.name("of").value(failure.of());
        json.name("id").value(failure.id());
        json.name("code").value(failure.code());
    }

    private void refused(RefusedRequest refused) throws IOException {
        json.name("time").value(refused.time().toString());
        json.name("reason").value(refused.reason().code());
        json.name("method").value(refused.method());
        json.name("status").value(refused.status());
        json.name("unreported").value(refused.unreported());
    }

    private void networkChange(NetworkChange change) throws IOException {
        json.name("time").value(change.time().toString());
        json.name("connected").value(change.connected());
        json.name("another").value(change.another());
    }

    private void counters(ClientCounters counters) throws IOException {
        json.name("counters").beginObject();
        json.name("accounts").value(counters.accounts());
        json.name("calls").value(counters.calls());
        json.name("transactions").value(counters.transactions());
        json.name("dialogs").value(counters.dialogs());
        json.name("timers").value(counters.timers());
        json.name("flows").value(counters.flows());
        json.name("mediaSessions").value(counters.mediaSessions());
        json.name("audioStreams").value(counters.audioStreams());
        numbers("drops", counters.drops());
        numbers("refusals", counters.refusals());
        numbers("toneProblems", counters.toneProblems());
        json.endObject();
    }
}
