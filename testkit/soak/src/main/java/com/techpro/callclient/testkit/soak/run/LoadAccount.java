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
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.media.SignallingOnly;
import com.techpro.callclient.testkit.soak.speech.SoakAudio;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;

/** One registered account of a {@link LoadUser}. Its methods wait on the caller's thread. */
public final class LoadAccount {
    /** Of a call, that are recorded. */
    private static final int RECORDED_SECONDS = 600;

    private final LoadUser user;
    private final Extension extension;
    private final PendingConditions pending;
    /** Of the loop: calls that ring here. */
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
        boolean settled = pending.await(() -> isRegistered() || isRefused(), limit);
        if (isRegistered()) {
            return;
        }
        Failure failure = latest.failure();
        throw failure == null || !settled
                ? new StepFailedException("stuck-registering", "not registered within " + limit.toSeconds() + " s")
                : new StepFailedException(failure.code(), latest.status(), failure.advice());
    }

    /** For good, so far as can be told: who has too much to do at the moment is asked again, as phones do. */
    private boolean isRefused() {
        Failure failure = latest.failure();
        return failure != null && !(failure instanceof Failure.ServerError);
    }

    /** New messages in the box, as the phone system tells (RFC 3842); 0 before it tells. */
    public int newMessages() {
        return newMessages;
    }

    /** Waits until the phone system tells of so many; whether it did within the limit. */
    public boolean awaitNewMessages(int count, Duration limit) throws StepFailedException {
        return pending.await(() -> newMessages >= count, limit);
    }

    /** Whether the phone system knows it now. */
    public boolean isRegistered() {
        return latest.state() == RegistrationState.REGISTERED;
    }

    /** From the first REGISTER until it was registered. */
    public Duration registeringTook() {
        return registeringTook;
    }

    /** Calls somebody. */
    public LoadCall dial(String number) {
        return user.ask(() -> {
            CallLeg leg = leg();
            LoadCall call = new LoadCall(user, leg);
            call.dialled(account().dial(number, leg.options()));
            return call;
        });
    }

    /**
     * Calls somebody with neither microphone nor speaker, which costs less: the signalling is that of any call, and no RTP is sent. What comes from there is dropped, and that
     * nothing comes ends no call.
     */
    public LoadCall dialWithoutSound(String number) {
        return user.ask(() -> {
            SpeechSource talk = user.nextSpeech();
            CallLeg leg = new CallLeg(
                    extension, talk, new SoakAudio(user.environment().clock(), talk, 0));
            LoadCall call = new LoadCall(user, leg);
            call.dialled(account().dial(number, CallOptions.DEFAULT.withAudio(new SignallingOnly())));
            return call;
        });
    }

    /**
     * Answers the call that rings here, or will.
     *
     * @throws StepFailedException if none does within the limit
     */
    public LoadCall answer(Duration limit) throws StepFailedException {
        if (!pending.await(() -> !ringing.isEmpty(), limit)) {
            throw new StepFailedException("stuck-ringing", "no call came within " + limit.toSeconds() + " s");
        }
        return user.ask(() -> {
            CallLeg leg = leg();
            LoadCall call = new LoadCall(user, leg);
            Call incoming = Objects.requireNonNull(ringing.poll(), "one rings");
            call.dialled(incoming);
            incoming.answer(leg.options());
            return call;
        });
    }

    /** Hangs up what rings here, and what goes on. */
    public void hangUpAll() {
        ringing.clear();
        List.copyOf(account().calls()).forEach(Call::hangUp);
    }

    /** Hangs up and takes the registration back, without waiting for it. */
    public void remove() {
        account().remove();
    }

    /** Takes the registration back, and waits until the phone system has confirmed it, though not for longer than that. */
    public void unregister(Duration limit) throws StepFailedException {
        account().remove();
        if (!pending.await(() -> latest.state() == RegistrationState.UNREGISTERED, limit)) {
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
