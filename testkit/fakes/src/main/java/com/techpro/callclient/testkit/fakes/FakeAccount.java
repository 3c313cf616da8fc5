// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.MessagesWaiting;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.message.MessageReceipt;
import com.techpro.callclient.engine.presence.LampState;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An account of the app, as the phone system has it. {@link #account} is the app's side. The other
 * methods say what the phone system does. Each first lets the app's earlier commands take effect,
 * and then advances the time by a moment, so that the client has reacted when it returns.
 */
public final class FakeAccount {
    /** Longer than the engine waits before it tries again. */
    private static final Duration LIMIT = Duration.ofHours(1);

    private final ScriptedPhoneSystem system;
    private final Account account;
    private final String user;

    FakeAccount(ScriptedPhoneSystem system, Account account) {
        this.system = system;
        this.account = account;
        this.user = account.sipAccount().user();
    }

    /** Returns the app's side of this account. */
    public Account account() {
        return account;
    }

    /** As {@link #incomingCall(PartyIdentity, String...)}, of a caller without a name. */
    public FakeCall incomingCall(String number) {
        return incomingCall(party(null, number));
    }

    /** As {@link #incomingCall(PartyIdentity, String...)}, of a caller with a display name. */
    public FakeCall incomingCall(String number, String name) {
        return incomingCall(party(name, number));
    }

    /**
     * A call arrives. It rings, unless the user's rules or the client refuse it: see
     * {@link FakeCall#refusal}.
     *
     * @param headers lines of the INVITE, such as {@code Alert-Info: <urn:alert:source:external>}
     * @throws IllegalStateException if the account is not registered
     */
    public FakeCall incomingCall(PartyIdentity caller, String... headers) {
        Objects.requireNonNull(caller, "caller");
        FakeCall[] made = new FakeCall[1];
        system.act(() -> made[0] = system.call(user, caller, headers));
        made[0].claim();
        return made[0];
    }

    private PartyIdentity party(@Nullable String name, String number) {
        return new PartyIdentity(name, number, account.sipAccount().domain());
    }

    /** The registrar accepts the account again, and the client registers. */
    public void registered() {
        system.setSilent(false);
        system.setRefusal(0);
        register(RegistrationState.REGISTERED);
    }

    /**
     * The registrar no longer answers, and the client notices. The account is
     * {@link RegistrationState#WAITING} and tries again until {@link #registered}.
     */
    public void registrationLost() {
        system.setSilent(true);
        register(RegistrationState.WAITING);
    }

    /**
     * The registrar refuses from now on, and the client notices.
     *
     * @param status such as 403, after which the account is {@link RegistrationState#FAILED}, or
     *     503, after which it is {@link RegistrationState#WAITING}
     */
    public void registrationRefused(int status) {
        system.setRefusal(status);
        register(RegistrationState.WAITING, RegistrationState.FAILED);
    }

    private void register(RegistrationState... then) {
        system.act(account::register);
        system.time.runUntil(() -> List.of(then).contains(account.registration().state()), LIMIT);
    }

    /**
     * The phone system reports the waiting voicemail messages.
     *
     * @throws IllegalStateException if the account is not registered
     */
    public void messagesWaiting(MessagesWaiting now) {
        Objects.requireNonNull(now, "now");
        MessagesWaiting.Counts voice = now.voice();
        String counts = voice == null
                ? ""
                : "Voice-Message: " + voice.newMessages() + "/" + voice.oldMessages() + " (" + voice.urgentNew() + "/"
                        + voice.urgentOld() + ")\n";
        system.act(() -> system.send(
                "NOTIFY",
                user,
                uri(user),
                "Event: message-summary",
                "Content-Type: application/simple-message-summary",
                "",
                "Messages-Waiting: " + (now.waiting() ? "yes" : "no")
                        + (now.account() == null ? "" : "\nMessage-Account: " + now.account()),
                counts));
    }

    /**
     * A text arrives. Its sender asks for no receipts.
     *
     * @param number the sender's extension or number
     * @throws IllegalStateException if the account is not registered
     */
    public void textArrives(String number, String text) {
        system.act(() -> system.send("MESSAGE", user, uri(number), "Content-Type: text/plain;charset=UTF-8", "", text));
    }

    /**
     * A far end reports what became of a text that the app sent with a request for receipts.
     *
     * @throws IllegalArgumentException if the status is {@link MessageReceipt.Status#UNKNOWN}
     * @throws IllegalStateException if the account is not registered
     */
    public void receiptArrives(MessageReceipt receipt) {
        String word = switch (receipt.status()) {
            case DELIVERED -> "delivery-notification><status><delivered/></status></delivery-notification>";
            case NOT_DELIVERED -> "delivery-notification><status><failed/></status></delivery-notification>";
            case DISPLAYED -> "display-notification><status><displayed/></status></display-notification>";
            case UNKNOWN -> throw new IllegalArgumentException("no far end reports that");
        };
        String far = uri(receipt.from().user());
        system.act(() -> system.send(
                "MESSAGE",
                user,
                far,
                "Content-Type: message/cpim",
                "",
                "From: " + far,
                "To: " + uri(user),
                "NS: imdn <urn:ietf:params:imdn>",
                "imdn.Message-ID: r" + system.nextSerial(),
                "",
                "Content-Type: message/imdn+xml",
                "Content-Disposition: notification",
                "",
                "<?xml version=\"1.0\"?><imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>"
                        + receipt.messageId() + "</message-id><datetime>2026-01-01T00:00:00Z</datetime><" + word
                        + "</imdn>"));
    }

    /** Sets the status of the texts that the app sends from now on; 200, which is delivered, unless set. */
    public void textsEndWith(int status) {
        system.setTextAnswer(status);
    }

    /** Sets the status of the app's publications of presence from now on; 200 unless set. */
    public void publicationsEndWith(int status) {
        system.setPublicationAnswer(status);
    }

    private String uri(String number) {
        return "<sip:" + number + "@" + account.sipAccount().domain() + ">";
    }

    /**
     * The phone system reports the state of an extension, to busy lamps and to calls that wait for
     * it.
     *
     * @throws IllegalArgumentException unless the state is idle, ringing or talking
     */
    public void extensionIs(String extension, LampState state) {
        system.act(() -> system.notifier.extensionIs(extension, state, null));
    }

    /** An extension rings, and its call can be picked up. */
    public void extensionRings(String extension, PartyIdentity caller) {
        Objects.requireNonNull(caller, "caller");
        system.act(() -> system.notifier.extensionIs(extension, LampState.RINGING, caller));
    }

    @Override
    public String toString() {
        return "FakeAccount[" + account.id() + "]";
    }
}
