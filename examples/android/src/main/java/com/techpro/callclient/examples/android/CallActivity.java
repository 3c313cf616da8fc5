// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.android;

import android.os.Bundle;
import android.text.InputType;
import android.widget.EditText;
import android.widget.LinearLayout;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.TransferOutcome;
import com.techpro.callclient.ports.callui.AudioRoute;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The calls in progress: hold, mute, DTMF, transfer, two calls as one, and where the sound goes. */
public final class CallActivity extends Screen {
    private LinearLayout calls;
    private LinearLayout routes;
    private EditText target;
    private boolean seen;

    @Override
    protected void onCreate(@Nullable Bundle state) {
        super.onCreate(state);
        calls = list();
        add(new Keypad(this, this::sendDtmf));
        target = field("call_transfer_to", InputType.TYPE_CLASS_PHONE);
        routes = list();
    }

    /** Calls go on while the app is locked. */
    @Override
    boolean isPrivate() {
        return false;
    }

    @Override
    void refresh() {
        List<Call> now = client().calls();
        if (now.isEmpty() && seen) {
            finish();
        }
        seen |= !now.isEmpty();
        show(
                calls,
                now,
                this::words,
                List.of(
                        new Action<>(
                                "answer", call -> is(call, CallState.INCOMING), call -> call.answer(phone().options())),
                        new Action<>("hang_up", Call::hangUp),
                        new Action<>("hold", CallActivity::established, CallActivity::holdOrResume),
                        new Action<>(
                                "mute",
                                CallActivity::established,
                                call -> call.setMuted(!call.snapshot().muted())),
                        new Action<>("transfer", CallActivity::established, this::transfer),
                        new Action<>("merge", call -> established(call) && now.size() > 1, this::merge),
                        new Action<>("transfer_accept", this::asked, call -> phone().answerTransfer(call, true)),
                        new Action<>("transfer_refuse", this::asked, call -> phone().answerTransfer(call, false))));
        show(
                routes,
                List.copyOf(phone().routes()),
                this::words,
                List.of(new Action<>("route_use", client()::routeAudio)));
    }

    private static boolean is(Call call, CallState state) {
        return call.snapshot().state() == state;
    }

    private static boolean established(Call call) {
        return is(call, CallState.ESTABLISHED);
    }

    private boolean asked(Call call) {
        return phone().transferTarget(call) != null;
    }

    private static void holdOrResume(Call call) {
        if (call.snapshot().hold().isLocal()) {
            call.resume();
        } else {
            call.hold();
        }
    }

    private void sendDtmf(char key) {
        client().calls().stream()
                .filter(CallActivity::established)
                .findFirst()
                .ifPresent(call -> call.sendDtmf(String.valueOf(key)));
    }

    /** To the number in the field; without one to the other call, whose two far ends then speak with each other. */
    private void transfer(Call call) {
        if (!typed(target).isEmpty()) {
            tell(call.transfer(typed(target)));
            target.setText("");
        } else {
            others(call).forEach(other -> tell(call.transferTo(other)));
        }
    }

    /** Three speak together, mixed here on the device. */
    private void merge(Call call) {
        others(call).forEach(call::merge);
    }

    private List<Call> others(Call call) {
        return List.of(client().calls().stream()
                .filter(each -> !each.equals(call))
                .limit(1)
                .toArray(Call[]::new));
    }

    private void tell(CompletionStage<TransferOutcome> transfer) {
        transfer.thenAccept(outcome -> {
            if (outcome instanceof TransferOutcome.Failed failed) {
                phone().say(failed.failure().advice());
            } else {
                phone().say(text(outcome instanceof TransferOutcome.Refused ? "transfer_not_now" : "transfer_done"));
            }
        });
    }

    private String words(Call of) {
        CallSnapshot call = of.snapshot();
        String target = phone().transferTarget(of);
        String who = call.caller().display();
        boolean held = call.state() == CallState.ESTABLISHED && call.hold().isLocal();
        String state = held
                ? call.holdAccepted() ? "call_held" : "call_held_here"
                : "call_state_" + call.state().name().toLowerCase(Locale.ROOT);
        return (who.isEmpty() ? text("withheld") : who)
                + ", " + text(state)
                + (call.muted() ? ", " + text("muted") : "")
                + (call.mergedWith() != null ? ", " + text("merged") : "")
                + (call.encrypted() ? ", " + text("encrypted") : "")
                + (target == null ? "" : "\n" + text("transfer_asked", target));
    }

    private String words(AudioRoute route) {
        String name = text("route_" + route.name().toLowerCase(Locale.ROOT));
        return route == phone().route() ? "● " + name : name;
    }
}
