// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.AccountListener;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.stack.media.SignallingOnly;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.soak.audio.SoakAudio;
import com.techpro.callclient.testkit.soak.driver.CallLeg;
import com.techpro.callclient.testkit.soak.driver.Extension;
import com.techpro.callclient.testkit.soak.driver.PendingConditions;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.settings.MediaChoice;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;

/** One registered account of a {@link LoadUser}. Its methods block the caller's thread. */
public final class LoadAccount {
    /** The recorded length of a call. */
    private static final int RECORDED_SECONDS = 600;

    private final LoadUser user;
    private final Extension extension;
    private final PendingConditions pending;
    /** Owned by the loop: calls that ring here. */
    private final Queue<Call> ringing = new ArrayDeque<>();

    private volatile Duration registeringTook = Duration.ZERO;
    private volatile RegistrationSnapshot latest;
    private volatile int newMessages;

    LoadAccount(LoadUser user, Account account, MediaChoice media) {
        this.user = user;
        this.extension = new Extension(0, account.sipAccount().user(), media, account);
        this.pending = new PendingConditions(user.loop());
        this.latest = account.registration();
    }

    void awaitRegistered(Duration limit) throws StepFailedException {
        long began = user.loop().nanoTime();
        account().addListener(new AccountListener() {
            @Override
            public void registrationChanged(Account account, RegistrationSnapshot after) {
                if (latest.state() != RegistrationState.REGISTERED && after.state() == RegistrationState.REGISTERED) {
                    registeringTook = Duration.ofNanos(user.loop().nanoTime() - began);
                }
                latest = after;
                pending.look();
            }

            @Override
            public void messagesWaitingChanged(Account account, MessagesWaiting after) {
                MessagesWaiting.Counts voice = after.voice();
                newMessages = voice == null ? 0 : voice.newMessages();
                pending.look();
            }

            @Override
            public void incomingCall(Call call, CallSnapshot snapshot) {
                ringing.add(call);
                pending.look();
            }
        });
        boolean settled = pending.until(() -> isRegistered() || isRefused(), limit);
        if (isRegistered()) {
            return;
        }
        Failure failure = latest.failure();
        throw failure == null || !settled
                ? new StepFailedException("stuck-registering", "not registered within " + limit.toSeconds() + " s")
                : new StepFailedException(failure.code(), latest.status(), failure.advice());
    }

    /**
     * Whether the refusal is permanent, as far as can be told. An overloaded phone system is asked
     * again, as phones do.
     */
    private boolean isRefused() {
        Failure failure = latest.failure();
        return failure != null && !(failure instanceof Failure.ServerError);
    }

    /**
     * Returns the number of new voicemail messages reported by the phone system (RFC 3842); 0
     * before a report.
     */
    public int newMessages() {
        return newMessages;
    }

    /** Waits until the phone system reports this many; returns whether it did within the limit. */
    public boolean awaitNewMessages(int count, Duration limit) throws StepFailedException {
        return pending.until(() -> newMessages >= count, limit);
    }

    /** Returns whether the account is registered now. */
    public boolean isRegistered() {
        return latest.state() == RegistrationState.REGISTERED;
    }

    /** Returns the time from the first REGISTER to the registration. */
    public Duration registeringTook() {
        return registeringTook;
    }

    /** Calls a number. */
    public LoadCall dial(String number) {
        return user.ask(() -> {
            CallLeg leg = leg();
            LoadCall call = new LoadCall(user, leg);
            call.begin(account().dial(number, leg.options()));
            return call;
        });
    }

    /**
     * Calls a number without microphone and speaker, which costs less. The signalling is the same,
     * no RTP is sent, and received RTP is dropped. Missing RTP does not end the call.
     */
    public LoadCall dialWithoutSound(String number) {
        return user.ask(() -> {
            SpeechSource talk = user.nextSpeech();
            CallLeg leg = new CallLeg(
                    extension, talk, new SoakAudio(user.environment().clock(), talk, 0));
            LoadCall call = new LoadCall(user, leg);
            call.begin(account().dial(number, CallOptions.DEFAULT.withAudio(new SignallingOnly())));
            return call;
        });
    }

    /**
     * Answers the present or next ringing call.
     *
     * @throws StepFailedException if none rings within the limit
     */
    public LoadCall answer(Duration limit) throws StepFailedException {
        if (!pending.until(() -> !ringing.isEmpty(), limit)) {
            throw new StepFailedException("stuck-ringing", "no call came within " + limit.toSeconds() + " s");
        }
        return user.ask(() -> {
            CallLeg leg = leg();
            LoadCall call = new LoadCall(user, leg);
            Call incoming = Objects.requireNonNull(ringing.poll(), "one rings");
            call.begin(incoming);
            var unused = incoming.answer(leg.options());
            return call;
        });
    }

    /** Hangs up all ringing and established calls. */
    public void hangUpAll() {
        ringing.clear();
        List.copyOf(account().calls()).forEach(Call::hangUp);
    }

    /** Hangs up and unregisters without waiting. */
    public void remove() {
        account().remove();
    }

    /** Unregisters and waits for the confirmation up to the limit. */
    public void unregister(Duration limit) throws StepFailedException {
        account().remove();
        if (!pending.until(() -> latest.state() == RegistrationState.UNREGISTERED, limit)) {
            throw new StepFailedException("stuck-unregistering", "nobody answered within " + limit.toSeconds() + " s");
        }
    }

    Extension extension() {
        return extension;
    }

    private Account account() {
        return extension.account();
    }

    private CallLeg leg() {
        SpeechSource talk = user.nextSpeech();
        return new CallLeg(
                extension, talk, SoakAudio.wideband(user.environment().clock(), talk, RECORDED_SECONDS));
    }

    /** Prints without personal data. */
    @Override
    public String toString() {
        return "LoadAccount[" + latest.state() + "]";
    }
}
