// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.call.UndialableException;
import com.techpro.callclient.engine.conference.Conference;
import com.techpro.callclient.engine.conference.ConferenceOptions;
import com.techpro.callclient.engine.conference.Conferences;
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

/** An extension of a phone system that this client keeps registered. All methods may be called from any thread. */
public interface Account {
    /** Names the account within its client. */
    String id();

    SipAccount sipAccount();

    RegistrationSnapshot registration();

    /**
     * Registers now, whatever was before: an account that FAILED or is WAITING tries again, one that is REGISTERED refreshes. Does nothing while a
     * registration is under way. {@link CallClientListener#registrationChanged} tells how it comes out.
     *
     * @throws IllegalStateException if the account was removed or the client closed
     */
    void register();

    /**
     * Goes on with another password, after the old one was refused or changed, and registers with it at once. {@link #sipAccount} stays as it
     * was added.
     *
     * <p>If the account is that of a login with {@link PhoneSystems#sipOnly}, where the login's password is the account's, then the new one
     * takes the place of the old one in the login that is remembered, once the phone system has accepted a registration with it and the app is
     * not locked. Every other kind of phone system gives the account a password of its own, with which nobody logs in: there the login that is
     * remembered stays as it is. The password that unlocks the app stays the one of the last login, until that is restored or made anew.
     *
     * @param password copied; the caller may wipe it at once. Where the account has a {@link SipAccount#passwordHash}, a hash for the same
     * @throws IllegalStateException if the account was removed or the client closed
     */
    void updateCredentials(Secret password);

    /**
     * For the registration, so that nobody has to poll; not to be waited for inside a callback, see {@link CallClient}.
     *
     * @return completes on the callbacks' executor, never exceptionally, with the first state that does not change by itself: REGISTERED, at once
     *     if it is; FAILED, as the user has to act; UNREGISTERED, as the account was removed or the client closed. Not while WAITING: the engine
     *     tries again. Of a change, {@link CallClientListener#registrationChanged} tells first
     */
    CompletionStage<RegistrationSnapshot> whenRegistered();

    /**
     * As {@link #whenRegistered}, for who wants to say at once what is wrong, as a screen to log in does: also the first WAITING completes it, as
     * after a certificate that is not trusted or where no server answers. {@link RegistrationSnapshot#failure} says why; the engine tries again
     * all the same, until the account is {@linkplain #remove removed}.
     *
     * @return completes on the callbacks' executor, never exceptionally: at once unless the account is REGISTERING or UNREGISTERING
     */
    CompletionStage<RegistrationSnapshot> whenRegisteredOrFailed();

    /**
     * From now on tells a listener what happens to this account. What it hears first is how things stand: the registration, what is known of
     * messages waiting, and each call that rings here. One that is there already is not added again.
     *
     * @throws IllegalStateException if the client is closed
     */
    void addListener(AccountListener listener);

    /** The listener hears nothing any more, not even what has happened before this. */
    void removeListener(AccountListener listener);

    /** As {@link #dial(String, CallOptions)} with default options. */
    default Call dial(String target) {
        return dial(target, CallOptions.DEFAULT);
    }

    /**
     * Starts a call; returns at once.
     *
     * <p>A number may be written as people do: {@code +44 (20) 7946-0123}, with letters as in {@code 0800 FLOWERS}, which are the keys that they
     * stand on (ITU-T E.161), and with keys to press once it is answered: {@code 600,,1#} waits two seconds a comma. Letters are a number only
     * where a digit begins it and a space is in it, or where digits are followed by a separator and words in capitals, one of them of four
     * letters; {@code anna}, {@code room7} and {@code 00304805A1B2} stay the names of users.
     *
     * @param target an extension or number at the account's own domain, or a whole {@code sip:} or {@code sips:} address, of 255 characters at most
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
     * Joins a conference room, or has one made by the phone system's {@link Conferences#factory}; returns at once. Where the organisation has
     * switched conferences off, it is over already, with {@link Failure.SwitchedOff}.
     *
     * @param target as in {@link #dial(String)}; for a room of {@link Conferences#rooms} its address
     * @throws IllegalArgumentException if the target cannot be an address, or the PIN cannot be typed
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    Conference join(String target, ConferenceOptions options);

    /**
     * Watches an extension: whether it is free, rings or talks. Returns at once; what is known comes by little and little. Where the
     * organisation has switched presence off, the lamp shows {@link LampState#SWITCHED_OFF} and nobody is asked.
     *
     * @param extension as in {@link #dial(String)}
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
     * Calls somebody as soon as their busy lamp shows that they are free: at once if they are. It waits while this account has a call, and
     * while the app is locked until the lamp changes again; 45 minutes at most. Returns at once.
     *
     * @param extension as in {@link #dial(String)}
     * @throws IllegalArgumentException if it cannot be an address, or a header is not one of the config's custom headers
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    CallCompletion callWhenFree(String extension, CallOptions options);

    /** As {@link #publishPresence(PresenceStatus, String)} without a note. */
    default CompletionStage<PublicationOutcome> publishPresence(PresenceStatus status) {
        return publishPresence(status, null);
    }

    /**
     * Tells the phone system what the user does, for whoever may watch that (RFC 3903), in the place of what was published before. It is
     * refreshed, and published again where the phone system has forgotten it, until it is withdrawn or the account is removed. While
     * do-not-disturb is on, {@link PresenceStatus#BUSY} and a note of that are published in its place. An account that is not registered
     * publishes once it is.
     *
     * @param note up to 200 characters for people to read, or null
     * @return completes on the callbacks' executor, never exceptionally, with what became of it; not to be waited for inside a callback, see
     *     {@link CallClient}
     * @throws IllegalArgumentException if the note is too long or has control characters
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    CompletionStage<PublicationOutcome> publishPresence(PresenceStatus status, @Nullable String note);

    /**
     * Takes back what {@link #publishPresence} has published.
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
     * Sends a text (RFC 3428). Texts to one target are sent one after the other, in the order in which they were given. Only an account whose
     * signalling is encrypted and has to be sends any.
     *
     * @param target as in {@link #dial(String)}
     * @param text up to {@link TextMessage#LONGEST} bytes of UTF-8
     * @return completes on the callbacks' executor, never exceptionally, with what became of it
     * @throws IllegalArgumentException if the target cannot be an address
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    CompletionStage<MessageOutcome> sendMessage(String target, String text, MessageOptions options);

    /**
     * Tells the sender of a text that it was shown, if the sender has asked for that (RFC 5438); else the outcome is
     * {@link MessageRefusal#NOT_ASKED_FOR}. Where it is kept, it is read from now on.
     *
     * @param message one that {@link AccountListener#messageReceived} told, or one equal to it
     * @return as for {@link #sendMessage(String, String, MessageOptions)}, of the receipt
     * @throws IllegalStateException if the account was removed or the client closed
     * @throws LockedException if the app is locked
     */
    CompletionStage<MessageOutcome> confirmDisplayed(TextMessage message);

    /** The calls of this account that are not over. */
    List<Call> calls();

    /** Hangs up its calls, unregisters, and forgets the account. */
    void remove();
}
