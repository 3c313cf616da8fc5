// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.CallEvent;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.tone.ToneProblem;
import com.techpro.callclient.ports.time.Scheduler;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Executes the user's commands and prints what happens. Everything here runs on the one scheduler.
 */
final class Phone {
    private final Scheduler scheduler;
    private final ChosenAudio audio;
    private final Screen screen;
    /** By number on screen, oldest first. */
    private final Map<Integer, PhoneCall> calls = new LinkedHashMap<>();

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private int lastNumber;
    private @Nullable PhoneAccount line;
    private @Nullable RegistrationState shownState;
    private boolean quitting;

    Phone(Scheduler scheduler, ChosenAudio audio, Screen screen) {
        this.scheduler = scheduler;
        this.audio = audio;
        this.screen = screen;
    }

    /** Call before the first command. */
    void connect(PhoneAccount itsLine) {
        line = itsLine;
    }

    /**
     * Executes one line of input.
     *
     * @param done called when the next line may come, with whether to continue
     */
    void order(String input, Consumer<Boolean> done) {
        Order order = Order.parse(input);
        if (order instanceof Order.Quit) {
            quit(() -> done.accept(false));
        } else if (order instanceof Order.Wait wait) {
            scheduler.schedule(wait.length(), () -> done.accept(true));
        } else {
            carryOut(order);
            done.accept(true);
        }
    }

    /** Hangs up and logs out. */
    void quit(Runnable whenDone) {
        quitting = true;
        if (line == null) {
            whenDone.run();
        } else {
            line.shutdown(whenDone);
        }
    }

    void registrationChanged(RegistrationSnapshot registration) {
        boolean news = registration.state() != shownState || registration.state() == RegistrationState.WAITING;
        boolean refresh = registration.state() == RegistrationState.REGISTERING && shownState != null;
        if (news && !refresh) {
            shownState = registration.state();
            screen.say(Wording.registration(registration));
        }
    }

    void incomingCall(PhoneCall call, CallSnapshot snapshot) {
        int number = add(call);
        screen.say("[" + number + "] " + Wording.caller(snapshot.caller()) + " is calling. Type answer or reject.");
        screen.ring();
    }

    void toneUnavailable(ToneProblem problem) {
        screen.say(Wording.tone(problem));
    }

    void messageReceived(TextMessage message) {
        screen.say(Wording.caller(message.caller()) + " writes: " + Wording.text(message.text()));
    }

    void callChanged(String id, CallEvent event) {
        Integer number = numbers.get(id);
        if (number == null) {
            return;
        }
        String label = "[" + number + "] ";
        if (event instanceof CallEvent.Ended ended) {
            calls.remove(number);
            numbers.remove(id);
            screen.say(label + "Ended: " + Wording.ending(ended.ending()));
        } else if (event instanceof CallEvent.StateChanged || event instanceof CallEvent.HoldChanged) {
            screen.say(label + capitalised(Wording.state(event.after())) + ".");
        } else if (event instanceof CallEvent.CallerChanged) {
            screen.say(label + "This is " + Wording.caller(event.after().caller()) + ".");
        } else if (event instanceof CallEvent.DtmfReceived dtmf) {
            screen.say(label + "The other side pressed " + dtmf.tone() + ".");
        } else if (event instanceof CallEvent.AudioInterrupted interrupted) {
            screen.say(label + "Sound is interrupted; the call continues. "
                    + interrupted.failure().advice());
        } else if (event instanceof CallEvent.AudioRestored) {
            screen.say(label + "Sound is back.");
        } else if (event instanceof CallEvent.QualityChanged && event.after().state() == CallState.ESTABLISHED) {
            screen.status(label + Wording.quality(event.after()));
        }
    }

    private void carryOut(Order order) {
        if (order instanceof Order.Dial dial) {
            dial(dial.target());
        } else if (order instanceof Order.Text text) {
            write(text.target(), text.text());
        } else if (order instanceof Order.Answer answer) {
            with(answer.call(), "is ringing here", Phone::isIncoming, PhoneCall::answer);
        } else if (order instanceof Order.Reject reject) {
            with(reject.call(), "is ringing here", Phone::isIncoming, call -> call.reject(reject.reason()));
        } else if (order instanceof Order.Silence silence) {
            with(silence.call(), "is ringing here", Phone::isIncoming, call -> {
                call.silence();
                screen.say("Silenced: the caller is still waiting. Type answer or reject.");
            });
        } else if (order instanceof Order.HangUp hangUp) {
            with(hangUp.call(), "can be hung up", call -> true, PhoneCall::hangUp);
        } else if (order instanceof Order.Hold hold) {
            with(
                    hold.call(),
                    "can be held",
                    call -> isTalking(call) && !call.hold().isLocal(),
                    PhoneCall::hold);
        } else if (order instanceof Order.Resume resume) {
            with(resume.call(), "is on hold here", call -> call.hold().isLocal(), PhoneCall::resume);
        } else if (order instanceof Order.Dtmf dtmf) {
            with(0, "is answered", Phone::isTalking, call -> call.sendDtmf(dtmf.tones()));
        } else if (order instanceof Order.Mute mute) {
            with(0, "is answered", Phone::isTalking, call -> {
                call.setMuted(mute.muted());
                screen.say(mute.muted() ? "Muted: nobody hears you. Type unmute to speak." : "You can be heard again.");
            });
        } else if (order instanceof Order.Devices) {
            screen.say(audio.list());
        } else if (order instanceof Order.Use use) {
            screen.say(audio.choose(use.device()));
            calls.values().stream().filter(call -> !isIncoming(call.snapshot())).forEach(audio::applyTo);
        } else if (order instanceof Order.Quality) {
            with(
                    0,
                    "is answered",
                    Phone::isTalking,
                    call -> screen.say(Wording.qualityInFull(call.snapshot()) + "\n"
                            + Wording.levels(call.audioLevels()) + Wording.effects(call.voiceEffects())));
        } else if (order instanceof Order.Calls) {
            listCalls();
        } else if (order instanceof Order.Help) {
            screen.say(Order.HELP);
        } else if (order instanceof Order.Misunderstood misunderstood) {
            screen.say(misunderstood.advice());
        }
    }

    private void dial(String target) {
        try {
            int number = add(Objects.requireNonNull(line, "connected first").dial(target));
            screen.say("[" + number + "] Dialling. Type hangup to cancel.");
        } catch (IllegalArgumentException e) {
            screen.say(
                    "That cannot be dialled: " + e.getMessage() + ". Dial an extension, a number, or sip:user@host.");
        } catch (IllegalStateException e) {
            notLoggedIn();
        }
    }

    private void write(String target, String text) {
        try {
            Objects.requireNonNull(line, "connected first")
                    .sendMessage(target, text, outcome -> screen.say(Wording.message(outcome)));
        } catch (IllegalArgumentException e) {
            screen.say("No text can be sent there: " + e.getMessage() + ".");
        } catch (IllegalStateException e) {
            notLoggedIn();
        }
    }

    private void notLoggedIn() {
        screen.say("The phone is " + (quitting ? "logging out." : "not logged in; quit and start again."));
    }

    /** If several calls match, the newest is used. */
    private void with(int number, String wanted, Predicate<CallSnapshot> fits, Consumer<PhoneCall> act) {
        if (number != 0 && !calls.containsKey(number)) {
            screen.say("There is no call " + number + ". Type calls to list them.");
            return;
        }
        List<Integer> candidates = number != 0 ? List.of(number) : new ArrayList<>(calls.keySet());
        PhoneCall chosen = null;
        for (int candidate : candidates) {
            PhoneCall call = calls.get(candidate);
            if (call != null && fits.test(call.snapshot())) {
                chosen = call;
            }
        }
        if (chosen != null) {
            act.accept(chosen);
        } else if (number != 0) {
            screen.say("Call " + number + " is not one that " + wanted + ".");
        } else {
            screen.say("There is no call that " + wanted + ".");
        }
    }

    private void listCalls() {
        if (calls.isEmpty()) {
            screen.say("There are no calls.");
        }
        calls.forEach((number, call) -> {
            CallSnapshot snapshot = call.snapshot();
            screen.say("[" + number + "] " + Wording.caller(snapshot.caller()) + ": " + Wording.state(snapshot));
        });
    }

    private int add(PhoneCall call) {
        int number = ++lastNumber;
        calls.put(number, call);
        numbers.put(call.id(), number);
        return number;
    }

    private static boolean isIncoming(CallSnapshot call) {
        return call.state() == CallState.INCOMING;
    }

    private static boolean isTalking(CallSnapshot call) {
        return call.state() == CallState.ESTABLISHED || call.state() == CallState.CONNECTING;
    }

    private static String capitalised(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
