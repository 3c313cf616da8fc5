// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.call.AudioLevels;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.CommandOutcome;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The current calls, the one shown on the screen, and the user's actions on them. Actions on an
 * ended call do nothing.
 */
public final class CallActions {
    private static final String KEYS = "0123456789*#";

    private final Phone phone;
    /** The ID of the chosen call; replaced when that one ends. */
    private @Nullable String chosen;
    /** Calls whose microphone or loudspeaker does not work. */
    private final Set<Call> silent = new HashSet<>();

    CallActions(Phone phone) {
        this.phone = phone;
    }

    private List<Call> all() {
        return phone.client().calls();
    }

    private CallCard card(Call call) {
        return CallCard.of(
                call.snapshot(), !silent.contains(call), phone.clock().instant());
    }

    /** Returns the incoming ringing calls. */
    public List<CallCard> ringing() {
        return all().stream()
                .filter(call -> call.snapshot().state() == CallState.INCOMING)
                .map(this::card)
                .toList();
    }

    /** Returns all other calls, oldest first. */
    public List<CallCard> cards() {
        return all().stream()
                .filter(call -> call.snapshot().state() != CallState.INCOMING)
                .map(this::card)
                .toList();
    }

    /** Returns the shown call: the chosen one, or else one that is not on hold. */
    public Optional<CallCard> shown() {
        List<CallCard> cards = cards();
        Optional<CallCard> mine =
                cards.stream().filter(card -> card.id().equals(chosen)).findFirst();
        return mine.or(() -> cards.stream().filter(card -> !card.held()).findFirst())
                .or(() -> cards.stream().findFirst());
    }

    private Optional<Call> call(String id) {
        return all().stream().filter(call -> call.id().equals(id)).findFirst();
    }

    private Optional<Call> shownCall() {
        return shown().flatMap(card -> call(card.id()));
    }

    /** Shows another call and resumes it: the engine holds the previous one. */
    public void bringToFront(String id) {
        call(id).ifPresent(call -> {
            chosen = id;
            if (call.snapshot().hold().isLocal()) {
                tell(Optional.of(call), Call::resume);
            }
            phone.changed();
        });
    }

    /** Calls a number and shows the call. */
    public void dial(String number) {
        Call call = phone.dial(number);
        if (call != null) {
            chosen = call.id();
            phone.tell(null);
        }
    }

    /** Gives a command. If it is refused, {@link #changed} shows the reason. */
    private static void tell(Optional<Call> call, Function<Call, CompletionStage<CommandOutcome>> command) {
        call.ifPresent(told -> {
            var unused = command.apply(told);
        });
    }

    /** Answers a ringing call. */
    public void answer(String id) {
        chosen = call(id).isPresent() ? id : chosen;
        tell(call(id), call -> call.answer(phone.devices().options()));
    }

    /** Silences the ring; the call continues to wait. */
    public void silence(String id) {
        tell(call(id), Call::silence);
    }

    /** Declines a ringing call. */
    public void decline(String id) {
        tell(call(id), call -> call.reject(RejectReason.DECLINED));
    }

    public void hangUp() {
        shownCall().ifPresent(Call::hangUp);
    }

    public void holdOrResume() {
        tell(shownCall(), call -> call.snapshot().hold().isLocal() ? call.resume() : call.hold());
    }

    public void muteOrUnmute() {
        tell(shownCall(), call -> call.setMuted(!call.snapshot().muted()));
        phone.changed();
    }

    /** Has all answered calls, and those that ring elsewhere, use these devices. */
    void useDevices(CallOptions options) {
        all().stream()
                .filter(call -> call.snapshot().state() != CallState.INCOMING)
                .forEach(call -> tell(
                        Optional.of(call), told -> told.useDevices(options.captureDevice(), options.playbackDevice())));
    }

    /** Returns how loud the shown call's microphone and loudspeaker are. */
    public AudioLevels levels() {
        return shownCall().map(Call::audioLevels).orElse(AudioLevels.NONE);
    }

    /** Returns what is wrong with the shown call's microphone; empty if nothing is. */
    public String microphoneWarning() {
        return levels().warnings().stream()
                .sorted()
                .findFirst()
                .map(Words::warning)
                .orElse("");
    }

    /** Whether the shown call accepts DTMF now. */
    public boolean takesKeys() {
        return shown().filter(CallCard::talking).isPresent();
    }

    /** Sends a DTMF digit; ignores other characters. */
    public void press(char key) {
        if (KEYS.indexOf(key) >= 0 && takesKeys()) {
            tell(shownCall(), call -> call.sendDtmf(String.valueOf(key)));
        }
    }

    /** Transfers the far end to another number, and reports the result. */
    public void transfer(String number) {
        if (number.isBlank()) {
            phone.tellProblem("There is no transfer target yet.", "Type the number to transfer to.");
            return;
        }
        shownCall().ifPresent(call -> {
            try {
                var unused = call.transfer(number.strip()).thenAccept(this::transferred);
            } catch (IllegalArgumentException e) {
                phone.tellProblem("This number cannot be called.", "Check the number.");
            }
        });
    }

    /** Connects the far ends of two calls. */
    public void connectWith(String other) {
        shownCall()
                .ifPresent(call -> call(other).ifPresent(second -> {
                    var unused = call.transferTo(second).thenAccept(this::transferred);
                }));
    }

    private void transferred(TransferOutcome outcome) {
        if (outcome instanceof TransferOutcome.Failed failed) {
            phone.tellProblem("The call was not transferred.", failed.failure().advice());
        }
    }

    void changed(Call call, CallEvent event) {
        String name = Words.name(call.snapshot().caller());
        if (event instanceof CallEvent.Ended ended) {
            silent.remove(call);
            Notice told = Words.ending(ended.ending(), name);
            // The transferor is notified of the transfer; the transferee sees the next call.
            if (told != null && !(ended.ending() instanceof CallEnding.Transferred && !all().isEmpty())) {
                phone.tell(told);
            }
        } else if (event instanceof CallEvent.CommandRefused refused) {
            phone.tell(Words.refusal(refused.reason()));
        } else if (event instanceof CallEvent.AudioRestored) {
            silent.remove(call);
        } else if (event instanceof CallEvent.AudioInterrupted interrupted
                && interrupted.after().state() != CallState.INCOMING) { // else the answer is refused
            silent.add(call);
            phone.tellProblem(
                    "The sound was interrupted.", interrupted.failure().advice());
        }
        phone.changed();
    }
}
