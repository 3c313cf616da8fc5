// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.attack;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.CallClientListener;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.soak.interop.HeadlessAudio;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A phone in a process of its own, which can be stopped, starved or killed. It answers whoever calls, and does what it reads: {@code dial NUMBER TIMES} makes calls at once
 * and says what became of them, {@code hangup} ends them all, {@code registered} says so when it is.
 */
final class ChildPhone implements CallClientListener {
    /** What an answer begins with, among what else a program prints. */
    static final String ANSWER = "> ";

    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final List<Throwable> defects = new CopyOnWriteArrayList<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final ExecutorService callbacks = Executors.newSingleThreadExecutor();
    private final CallClient client;
    private final Account account;

    private ChildPhone(String extension, String host, int port, String domain, Path authority, Secret password)
            throws Exception {
        client = CallClient.create(CallClientConfig.builder()
                .callbacks(callbacks)
                .listener(this)
                .platform(p -> p.audio(new HeadlessAudio(new short[] {1_000, -1_000})))
                .failures((thread, failure) -> defects.add(failure))
                .build());
        account = client.addAccount(SipAccount.builder(extension, domain, password)
                .outboundProxy(new HostPort(host, port))
                .tlsTrust(TlsTrust.anchoredAt(authority))
                .build());
    }

    /** @param arguments extension, host, port, domain, authority's file, password */
    public static void main(String[] arguments) throws Exception {
        ChildPhone phone = new ChildPhone(
                arguments[0],
                arguments[1],
                Integer.parseInt(arguments[2]),
                arguments[3],
                Path.of(arguments[4]),
                Secret.of(arguments[5]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(ANSWER + phone.obey(line.split(" ")));
        }
        System.exit(0);
    }

    private String obey(String[] words) {
        try {
            String answer = switch (words[0]) {
                case "dial" -> dial(words[1], Integer.parseInt(words[2]));
                case "hangup" -> hangUp();
                default -> awaitRegistered();
            };
            return defects.isEmpty() ? answer : "exception " + defects.get(0);
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage()).replace('\n', ' ');
        }
    }

    private String awaitRegistered() {
        Await.until(
                () -> "registered; it is " + account.registration(),
                () -> account.registration().state() == RegistrationState.REGISTERED,
                LIMIT);
        return "registered";
    }

    /** Each either comes about or tells why not. */
    private String dial(String number, int times) {
        List<Call> made = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            made.add(account.dial(number));
        }
        calls.addAll(made);
        Await.until(
                "every call has an outcome",
                () -> made.stream()
                        .allMatch(call -> call.snapshot().state() == CallState.ESTABLISHED
                                || call.snapshot().state() == CallState.ENDED),
                LIMIT);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (Call call : made) {
            CallEnding ending = call.snapshot().ending();
            outcomes.merge(ending == null ? "established" : ending.code(), 1, Integer::sum);
        }
        return outcomes.toString();
    }

    private String hangUp() {
        calls.forEach(Call::hangUp);
        Await.until(
                "all calls are over",
                () -> calls.stream().allMatch(call -> call.snapshot().state() == CallState.ENDED),
                LIMIT);
        calls.clear();
        return "over";
    }

    @Override
    public void incomingCall(Call call, CallSnapshot snapshot) {
        calls.add(call);
        call.answer();
    }
}
