// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.privacy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.Call;
import com.techpro.callclient.engine.CallState;
import com.techpro.callclient.engine.DataExport;
import com.techpro.callclient.engine.ErasureOutcome;
import com.techpro.callclient.engine.HoldState;
import com.techpro.callclient.engine.RejectReason;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import com.techpro.callclient.testkit.soak.privacy.WireRecord.Sent;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A user's day at the embedded PBX, on real sockets: a wrong password, the right one, calls of every kind with every kind of ending, keys,
 * hold, spoiled messages, log-out. All that is personal in it is a {@link Canary}.
 */
public final class MainScenario {
    /** What the app calls itself; it must turn up in SIP alone. */
    static final String USER_AGENT = "CanaryPhone/1.0 (desktop; Test OS 1)";

    /** Not the address that everything else on this machine has, so that talking to somebody else is seen. */
    static final String PBX_ADDRESS = "127.0.0.73";

    private final Canaries canaries;
    private final List<String> threads = new ArrayList<>();
    private final Map<String, Boolean> microphone = new LinkedHashMap<>();
    private final Map<String, String> outcomes = new LinkedHashMap<>();

    private MainScenario(Canaries canaries) {
        this.canaries = canaries;
    }

    /** Takes some seconds. */
    public static Evidence run() throws IOException {
        return run(new Canaries(new SecureRandom()));
    }

    static Evidence run(Canaries canaries) throws IOException {
        return new MainScenario(canaries).live();
    }

    private Evidence live() throws IOException {
        List<String> printed = new ArrayList<>();
        List<Sent> sent;
        List<String> asked;
        Set<InetAddress> reached = new HashSet<>();
        Set<InetAddress> named;
        List<String> logged;
        int registeredAfter;
        String exported = "";
        FakeSecureStore store = new FakeSecureStore();
        try (EveryLog log = new EveryLog();
                EmbeddedPbx pbx = EmbeddedPbx.builder()
                        .address(PBX_ADDRESS)
                        .extension(
                                canaries.number().value(), canaries.password().value())
                        .extension(
                                canaries.otherNumber().value(),
                                "other-" + canaries.password().value())
                        .start()) {
            WatchedPhone user = new WatchedPhone(USER_AGENT, settings -> settings.store(store));
            try (WatchedPhone other = new WatchedPhone("OtherPhone/1.0", settings -> settings)) {
                Patience.until("the store was read", () -> !user.client().lock().isLocked());
                Account callee = other.logIn(account(pbx, canaries.otherNumber(), canaries.otherName(), null));
                Account caller = logIn(user, pbx);
                outgoing(user, caller, other, callee);
                incoming(user, caller, callee);
                spoiled(pbx, caller);
                user.print(counters(user));
                exported = export(user);
                erase(user);
                printed.addAll(other.printed());
            } finally {
                user.close();
            }
            registeredAfter = (int) pbx.state().registrations().stream()
                    .filter(device ->
                            device.extension().equals(canaries.number().value()))
                    .count();
            printed.addAll(user.printed());
            sent = List.copyOf(user.wire().sent());
            asked = List.copyOf(user.wire().asked());
            user.wire().connected().forEach(to -> reached.add(to.getAddress()));
            sent.forEach(packet -> reached.add(packet.to().getAddress()));
            named = Set.of(InetAddress.getByName(pbx.address(SipTransport.TLS).host()));
            logged = List.copyOf(log.lines());
        }
        return new Evidence(
                canaries,
                sent,
                reached,
                named,
                asked,
                logged,
                printed,
                threads,
                microphone,
                USER_AGENT,
                outcomes,
                registeredAfter,
                exported,
                store.names());
    }

    private static String export(WatchedPhone user) {
        DataExport export = user.client().exportMyData().toCompletableFuture().join();
        user.print(export);
        return export instanceof DataExport.Exported shown ? shown.json() : "";
    }

    private void erase(WatchedPhone user) {
        ErasureOutcome outcome = user.client().erase().toCompletableFuture().join();
        user.print(outcome);
        outcomes.put("erase", String.valueOf(outcome));
    }

    private static String counters(WatchedPhone phone) {
        return phone.client().counters().toCompletableFuture().join().toString();
    }

    private Account logIn(WatchedPhone user, EmbeddedPbx pbx) {
        Account refused = user.logIn(account(pbx, canaries.number(), canaries.name(), canaries.wrongPassword()));
        outcomes.put("wrong password", String.valueOf(refused.registration().failure()));
        outcomes.put(
                "registered with a wrong password",
                String.valueOf(pbx.state().isRegistered(canaries.number().value())));
        user.remove(refused);
        Account caller = user.logIn(account(pbx, canaries.number(), canaries.name(), null));
        outcomes.put("right password", String.valueOf(caller.registration().state()));
        return caller;
    }

    private void outgoing(WatchedPhone user, Account caller, WatchedPhone other, Account callee) {
        microphone.put("idle", user.microphone().isOpen());
        Call nobody = caller.dial(canaries.dialled().value());
        outcomes.put("unknown number", String.valueOf(WatchedPhone.awaitEnding(nobody)));

        Call call = caller.dial(callee.sipAccount().user());
        Call answered = other.awaitIncoming();
        WatchedPhone.await(call, CallState.RINGING_OUT);
        microphone.put("while the other phone rings", user.microphone().isOpen());
        answered.answer();
        WatchedPhone.awaitSound(call);
        outcomes.put(
                "outgoing call",
                call.snapshot().state() + ", encrypted " + call.snapshot().encrypted());
        microphone.put("in a call", user.microphone().isOpen());
        call.sendDtmf(canaries.keys().value());
        threads.add(threadDump());
        call.hold();
        Patience.until("it is on hold", () -> call.snapshot().hold() == HoldState.LOCAL);
        Patience.until("the microphone closes", () -> !user.microphone().isOpen());
        microphone.put("on hold", user.microphone().isOpen());
        call.resume();
        Patience.until("the microphone opens again", () -> user.microphone().isOpen());
        call.hangUp();
        outcomes.put("hang-up", String.valueOf(WatchedPhone.awaitEnding(call)));
        Patience.until("the microphone closes", () -> !user.microphone().isOpen());
        microphone.put("after a call", user.microphone().isOpen());
    }

    private void incoming(WatchedPhone user, Account caller, Account callee) {
        Call answered = callee.dial(caller.sipAccount().user());
        Call call = user.awaitIncoming();
        microphone.put("while it rings here", user.microphone().isOpen());
        call.answer();
        WatchedPhone.awaitSound(call);
        threads.add(threadDump());
        answered.hangUp();
        outcomes.put("incoming call", String.valueOf(WatchedPhone.awaitEnding(call)));

        Call declined = callee.dial(caller.sipAccount().user());
        user.awaitIncoming().reject(RejectReason.DECLINED);
        outcomes.put("declined call", String.valueOf(WatchedPhone.awaitEnding(declined)));

        Call missed = callee.dial(caller.sipAccount().user());
        Call ringing = user.awaitIncoming();
        missed.hangUp();
        outcomes.put("missed call", String.valueOf(WatchedPhone.awaitEnding(ringing)));
    }

    /** What cannot be read must not be quoted. */
    private void spoiled(EmbeddedPbx pbx, Account caller) {
        pbx.faults().onResponse("INVITE").status(100).times(1).garble();
        Call call = caller.dial("602");
        outcomes.put("spoiled answer", String.valueOf(WatchedPhone.awaitEnding(call)));
        pbx.faults().clear();
        Patience.until(
                "the account is registered again",
                () -> pbx.state().isRegistered(canaries.number().value())
                        && caller.registration().failure() == null);
    }

    private static SipAccount account(EmbeddedPbx pbx, Canary number, Canary name, @Nullable Canary password) {
        SipAccount right = pbx.account(number.value()).build();
        if (password == null) {
            return pbx.account(number.value()).displayName(name.value()).build();
        }
        HostPort proxy = right.outboundProxy();
        return SipAccount.builder(number.value(), right.domain(), Secret.of(password.value()))
                .displayName(name.value())
                .transport(right.transport())
                .outboundProxy(proxy)
                .tlsTrust(right.tlsTrust())
                .build();
    }

    /** As an operator takes one of a process that hangs. */
    private static String threadDump() {
        StringBuilder text = new StringBuilder();
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            text.append(thread).append('\n');
            for (StackTraceElement element : stack) {
                text.append("    ").append(element).append('\n');
            }
        });
        return text.toString();
    }
}
