// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.call.RejectReason;
import com.techpro.callclient.engine.call.TransferOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The calls there are, the one of them that the screen shows, and what the user does with it. What is done to a call that is over does nothing. */
public final class CallActions {
    private static final String KEYS = "0123456789*#";

    private final Phone phone;
    /** The id of the call that the user looks at; another if that one is over. */
    private @Nullable String chosen;

    CallActions(Phone phone) {
        this.phone = phone;
    }

    private List<Call> all() {
        return phone.client().calls();
    }

    private Instant now() {
        return phone.clock().instant();
    }

    /** Calls that ring here and wait for an answer. */
    public List<CallCard> ringing() {
        return all().stream()
                .filter(call -> call.snapshot().state() == CallState.INCOMING)
                .map(call -> CallCard.of(call.snapshot(), now()))
                .toList();
    }

    /** Every other call, the oldest first. */
    public List<CallCard> cards() {
        return all().stream()
                .filter(call -> call.snapshot().state() != CallState.INCOMING)
                .map(call -> CallCard.of(call.snapshot(), now()))
                .toList();
    }

    /** The call that the screen shows: the one chosen, or else one that is not on hold. */
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

    /** Shows another call, and talks to it: the engine puts the one before on hold. */
    public void bringToFront(String id) {
        call(id).ifPresent(call -> {
            chosen = id;
            if (call.snapshot().hold().isLocal()) {
                call.resume();
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

    /** Takes a call that rings here. */
    public void answer(String id) {
        call(id).ifPresent(call -> {
            chosen = id;
            call.answer(phone.devices().options());
        });
    }

    /** The call rings no more here, and goes on. */
    public void silence(String id) {
        call(id).ifPresent(Call::silence);
    }

    /** Turns a call away that rings here. */
    public void decline(String id) {
        call(id).ifPresent(call -> call.reject(RejectReason.DECLINED));
    }

    public void hangUp() {
        shownCall().ifPresent(Call::hangUp);
    }

    public void holdOrResume() {
        shownCall().ifPresent(call -> {
            if (call.snapshot().hold().isLocal()) {
                call.resume();
            } else {
                call.hold();
            }
        });
    }

    public void muteOrUnmute() {
        shownCall().ifPresent(call -> {
            call.setMuted(!call.snapshot().muted());
            phone.changed();
        });
    }

    /** Whether a key goes to the far end now. */
    public boolean takesKeys() {
        return shown().filter(CallCard::talking).isPresent();
    }

    /** A key for the far end; other characters do nothing. */
    public void press(char key) {
        if (KEYS.indexOf(key) >= 0 && takesKeys()) {
            shownCall().ifPresent(call -> call.sendDtmf(String.valueOf(key)));
        }
    }

    /** Connects the far end with somebody else, and tells what comes of it. */
    public void transfer(String number) {
        if (number.isBlank()) {
            phone.tellProblem("The call has nowhere to go yet.", "Type the number to transfer to.");
            return;
        }
        shownCall().ifPresent(call -> {
            try {
                var unused = call.transfer(number.strip()).thenAccept(this::transferred);
            } catch (IllegalArgumentException e) {
                phone.tellProblem("This is no number that can be called.", "Check the number.");
            }
        });
    }

    /** Connects the far ends of two calls with each other. */
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
            Notice told = Words.ending(ended.ending(), name);
            // Who has transferred a call is told by that; who was transferred sees the next call.
            if (told != null && !(ended.ending() instanceof CallEnding.Transferred && !all().isEmpty())) {
                phone.tell(told);
            }
        } else if (event instanceof CallEvent.CommandRefused refused) {
            phone.tell(Words.refusal(refused.reason()));
        } else if (event instanceof CallEvent.AudioInterrupted interrupted) {
            phone.tellProblem(
                    "The sound was interrupted.", interrupted.failure().advice());
        }
        phone.changed();
    }
}
