// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.HoldState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.ports.permission.Permission;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakePermissions;
import com.techpro.callclient.testkit.pbx.EmbeddedPbx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Calls of every kind with every kind of ending, between the user and another person, with
 * observations.
 */
final class CallScenarios {
    /** The number of calls. */
    static final int CALLS = 6;

    private final Canaries canaries;
    private final WatchedPhone user;
    private final WatchedPhone other;
    private final FakePermissions permissions;
    private final Map<String, String> outcomes;
    private final Map<String, Boolean> microphone = new LinkedHashMap<>();
    private final List<String> threads = new ArrayList<>();

    CallScenarios(
            Canaries canaries,
            WatchedPhone user,
            WatchedPhone other,
            FakePermissions permissions,
            Map<String, String> outcomes) {
        this.canaries = canaries;
        this.user = user;
        this.other = other;
        this.permissions = permissions;
        this.outcomes = outcomes;
    }

    Map<String, Boolean> microphone() {
        return microphone;
    }

    /** Returns thread dumps in the middle of calls. */
    List<String> threads() {
        return threads;
    }

    void outgoing(Account caller, Account callee) {
        microphone.put("idle", user.microphone().isOpen());
        Call nobody = caller.dial(canaries.dialled().value());
        outcomes.put("unknown number", String.valueOf(WatchedPhone.awaitEnding(nobody)));

        Call call = caller.dial(callee.sipAccount().user());
        Call answered = other.awaitIncoming();
        WatchedPhone.await(call, CallState.RINGING_OUT);
        microphone.put("while the other phone rings", user.microphone().isOpen());
        var unusedAnswer = answered.answer();
        WatchedPhone.awaitSound(call);
        outcomes.put(
                "outgoing call",
                call.snapshot().state() + ", encrypted " + call.snapshot().encrypted());
        microphone.put("in a call", user.microphone().isOpen());
        var unusedSendDtmf = call.sendDtmf(canaries.keys().value());
        threads.add(threadDump());
        var unusedHold = call.hold();
        Await.until("it is on hold", () -> call.snapshot().hold() == HoldState.LOCAL);
        Await.until("the microphone closes", () -> !user.microphone().isOpen());
        microphone.put("on hold", user.microphone().isOpen());
        var unusedResume = call.resume();
        Await.until("the microphone opens again", () -> user.microphone().isOpen());
        call.hangUp();
        outcomes.put("hang-up", String.valueOf(WatchedPhone.awaitEnding(call)));
        Await.until("the microphone closes", () -> !user.microphone().isOpen());
        microphone.put("after a call", user.microphone().isOpen());
    }

    /** The caller is in the user's contacts, which may be read only during the second call. */
    void incoming(CallClient app, Account caller, Account callee) {
        Call answered = callee.dial(caller.sipAccount().user());
        Call call = user.awaitIncoming();
        outcomes.put("caller while contacts are denied", source(call));
        microphone.put("while it rings here", user.microphone().isOpen());
        var unusedAnswer = call.answer();
        WatchedPhone.awaitSound(call);
        threads.add(threadDump());
        answered.hangUp();
        outcomes.put("incoming call", String.valueOf(WatchedPhone.awaitEnding(call)));

        permissions.grant(Permission.CONTACTS);
        Await.until("the contacts were read", () -> isContact(app, callee));
        Call declined = callee.dial(caller.sipAccount().user());
        Call rejected = user.awaitIncoming();
        outcomes.put("caller while contacts are granted", source(rejected));
        var unusedReject = rejected.reject(RejectReason.DECLINED);
        outcomes.put("declined call", String.valueOf(WatchedPhone.awaitEnding(declined)));

        permissions.deny(Permission.CONTACTS);
        Call missed = callee.dial(caller.sipAccount().user());
        Call ringing = user.awaitIncoming();
        outcomes.put("caller once contacts are denied again", source(ringing));
        missed.hangUp();
        outcomes.put("missed call", String.valueOf(WatchedPhone.awaitEnding(ringing)));
    }

    private static boolean isContact(CallClient app, Account callee) {
        return app.people()
                        .directory()
                        .lookUp(callee.sipAccount().user())
                        .toCompletableFuture()
                        .join()
                        .source()
                == Caller.Source.CONTACT;
    }

    private static String source(Call call) {
        return String.valueOf(call.snapshot().caller().source());
    }

    /** Unreadable data must not be quoted. */
    void spoiled(EmbeddedPbx pbx, Account caller) {
        pbx.faults().onResponse("INVITE").status(100).times(1).garble();
        Call call = caller.dial(canaries.dialled().value());
        outcomes.put("spoiled answer", String.valueOf(WatchedPhone.awaitEnding(call)));
        pbx.faults().clear();
        Await.until(
                "the account is registered again",
                () -> pbx.state().isRegistered(canaries.number().value())
                        && caller.registration().failure() == null);
    }

    /** Returns a thread dump, as an operator takes of a hanging process. */
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
