// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.UndialableException;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.Conferences;
import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.lock.LockedException;
import com.techpro.callclient.engine.message.MessageOptions;
import com.techpro.callclient.engine.message.MessageOutcome;
import com.techpro.callclient.engine.message.MessageRefusal;
import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.engine.presence.BusyLamp;
import com.techpro.callclient.engine.presence.CallCompletion;
import com.techpro.callclient.engine.presence.LampState;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.secret.Secret;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** An extension of a phone system that the client keeps registered. All methods may be called from any thread. */
public interface Account {
    /** Identifies the account within its client. */
    String id();

    SipAccount sipAccount();

    RegistrationSnapshot registration();

    /**
     * Registers now, in any state: an account that FAILED or is WAITING tries again, one that is REGISTERED refreshes.
     * While a registration is under way, it waits for that one.
     *
     * @return completes on the callbacks' executor, never exceptionally, with the state in which this attempt ends:
     *     REGISTERED, WAITING, FAILED or UNREGISTERED. {@link CallClientListener#registrationChanged} is called first
     * @throws IllegalStateException if the account was removed or the client closed
     */
    CompletionStage<RegistrationSnapshot> register();

    /**
     * Replaces the password, after the old one was refused or changed, and registers with the new one at once.
     * {@link #sipAccount} stays as it was added.
     *
     * <p>For a login with {@link SipRegistrar}, the login's password is the account's. There the new password
     * replaces the remembered one, once a registration with it succeeded and the app is not locked. All other kinds of
     * phone systems give the account a password of its own, with which nobody logs in; the remembered login stays as it
     * is. The password that unlocks the app stays that of the last login, until that is restored or made anew.
     *
     * @param password copied; you may wipe it at once. If the account has a {@link SipAccount#passwordHash}, a hash for
     *     the same
     * @return as for {@link #register}, for the attempt with the new password
     * @throws IllegalStateException if the account was removed or the client closed
     */
    CompletionStage<RegistrationSnapshot> updateCredentials(Secret password);

    /**
     * Completes when the registration has succeeded or cannot succeed, so that you need not poll. Do not wait for it
     * inside a callback, see {@link CallClient}.
     *
     * @return completes on the callbacks' executor, never exceptionally, with the first state that does not change by
     *     itself: REGISTERED, at once if it is; FAILED, as the user has to act; UNREGISTERED, as the account was
     *     removed or the client closed. It does not complete while WAITING: the engine tries again.
     *     {@link CallClientListener#registrationChanged} is called first
     */
    CompletionStage<RegistrationSnapshot> whenRegistered();

    /**
     * As {@link #whenRegistered}, but the first WAITING completes it too. Use it where you must show at once what is
     * wrong, such as an untrusted certificate or a server that does not answer. {@link RegistrationSnapshot#failure}
     * has the cause. The engine tries again until the account is {@linkplain #remove removed}.
     *
     * @return completes on the callbacks' executor, never exceptionally: at once unless the account is REGISTERING or
     *     UNREGISTERING
     */
    CompletionStage<RegistrationSnapshot> whenRegisteredOrFailed();

    /**
     * Adds a listener for this account. It first receives the current state: the registration, the messages waiting as
     * far as they are known, and each call that rings here. A listener that was added before is not added again.
     *
     * @throws IllegalStateException if the client is closed
     */
    void addListener(AccountListener listener);

    /** Removes a listener. It receives no more events, not even those that happened before this call. */
    void removeListener(AccountListener listener);

    /** As {@link #dial(String, CallOptions)} with default options. */
    default Call dial(String target) {
        return dial(target, CallOptions.DEFAULT);
    }

    /**
     * Dials; returns at once.
     *
     * <p>You may pass a number as people write it: {@code +44 (20) 7946-0123}. Letters as in {@code 0800 FLOWERS} are
     * the keys that carry them (ITU-T E.161). Keys to press after the answer may follow: {@code 600,,1#} waits two
     * seconds for each comma. Letters count as digits in two cases only. Either the text begins with a digit and
     * contains a space, or digits are followed by a separator and words in capitals, one of them of four letters. So
     * {@code anna}, {@code room7} and {@code 00304805A1B2} remain user names.
     *
     * @param target an extension or number at the account's own domain, or a whole {@code sip:} or {@code sips:}
     *     address, of 255 characters at most
     * @throws UndialableException if the target cannot be dialled: its reason says why
     * @throws IllegalArgumentException if a header is not one of the config's custom headers
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    Call dial(String target, CallOptions options);

    /** As {@link #join(String, ConferenceOptions)} with default options. */
    default Conference join(String target) {
        return join(target, ConferenceOptions.DEFAULT);
    }

    /**
     * Joins a conference room, or has the phone system create one by {@link Conferences#factory}; returns at once. If
     * the organisation has switched conferences off, the conference has ended already, with
     * {@link Failure.SwitchedOff}.
     *
     * @param target as in {@link #dial(String)}; for a room of {@link Conferences#rooms} its address
     * @throws IllegalArgumentException if the target cannot be an address, or the PIN cannot be typed
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    Conference join(String target, ConferenceOptions options);

    /**
     * Watches an extension: whether it is free, ringing or in a call. Returns at once; updates arrive as they are
     * received. If the organisation has switched presence off, the lamp shows {@link LampState#SWITCHED_OFF} and
     * nothing is sent.
     *
     * @param extension as in {@link #dial(String)}, without keys
     * @throws IllegalArgumentException if it cannot be an address
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    BusyLamp watch(String extension);

    /** As {@link #callWhenFree(String, CallOptions)} with default options. */
    default CallCompletion callWhenFree(String extension) {
        return callWhenFree(extension, CallOptions.DEFAULT);
    }

    /**
     * Calls an extension as soon as its busy lamp shows that it is free; at once if it is. Returns at once. While this
     * account has another call, it waits. While the app is locked, it waits until the lamp changes again. It gives up
     * after 45 minutes.
     *
     * @param extension as in {@link #dial(String)}
     * @throws IllegalArgumentException if it cannot be an address, or a header is not one of the config's custom
     *     headers
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    CallCompletion callWhenFree(String extension, CallOptions options);

    /** As {@link #publishPresence(PresenceStatus, String)} without a note. */
    default CompletionStage<PublicationOutcome> publishPresence(PresenceStatus status) {
        return publishPresence(status, null);
    }

    /**
     * Publishes the user's presence to the phone system (RFC 3903), replacing what was published before. The engine
     * refreshes it, and publishes it again if the phone system has forgotten it, until it is withdrawn or the account
     * is removed. While do-not-disturb is on, {@link PresenceStatus#BUSY} with a note is published instead. An account
     * that is not registered publishes once it is.
     *
     * @param note up to 200 characters for people to read, or null
     * @return completes on the callbacks' executor, never exceptionally, with the outcome; do not wait for it inside a
     *     callback, see {@link CallClient}
     * @throws IllegalArgumentException if the note is too long or has control characters
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    CompletionStage<PublicationOutcome> publishPresence(PresenceStatus status, @Nullable String note);

    /**
     * Withdraws what {@link #publishPresence} has published.
     *
     * @return as for that
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    CompletionStage<PublicationOutcome> withdrawPresence();

    /** As {@link #sendMessage(String, String, MessageOptions)} with default options. */
    default CompletionStage<MessageOutcome> sendMessage(String target, String text) {
        return sendMessage(target, text, MessageOptions.DEFAULT);
    }

    /**
     * Sends a text (RFC 3428). Texts to one target are sent one after the other, in the order of the calls. Only an
     * account that requires encrypted signalling sends texts.
     *
     * @param target as in {@link #dial(String)}, without keys
     * @param text up to {@link TextMessage#LONGEST} bytes of UTF-8
     * @return completes on the callbacks' executor, never exceptionally, with the outcome
     * @throws IllegalArgumentException if the target cannot be an address
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    CompletionStage<MessageOutcome> sendMessage(String target, String text, MessageOptions options);

    /**
     * Tells the sender of a text that it was shown, if the sender asked for that (RFC 5438); otherwise the outcome is
     * {@link MessageRefusal#NOT_ASKED_FOR}. A kept text is marked as read.
     *
     * @param message one from {@link AccountListener#messageReceived}, or one equal to it
     * @return as for {@link #sendMessage(String, String, MessageOptions)}, for the receipt
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    CompletionStage<MessageOutcome> confirmDisplayed(TextMessage message);

    /** The calls of this account that have not ended. */
    List<Call> calls();

    /** Hangs up the account's calls, unregisters, and forgets the account. */
    void remove();
}
