// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.RegistrationSnapshot;
import com.techpro.callclient.engine.RegistrationState;
import com.techpro.callclient.engine.internal.account.AccountSession;
import com.techpro.callclient.engine.internal.presence.PresencePublication;
import com.techpro.callclient.engine.presence.PresenceStatus;
import com.techpro.callclient.engine.presence.PublicationOutcome;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.stack.loop.PendingAnswers.Answer;
import com.techpro.callclient.stack.sip.SipEndpoint;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The presence that accounts publish. Belongs to the loop, except where stated. */
final class PublicationService {
    private final ClientContext client;
    private final Gate gate;
    private final CallRegistry registry;
    private final CurrentPolicy policy;
    private final IncomingCallSettings incomingCallSettings;
    private final Map<AccountSession, PresencePublication> accounts = new HashMap<>();

    PublicationService(
            ClientContext client,
            Gate gate,
            CallRegistry registry,
            CurrentPolicy policy,
            IncomingCallSettings incomingCallSettings) {
        this.client = client;
        this.gate = gate;
        this.registry = registry;
        this.policy = policy;
        this.incomingCallSettings = incomingCallSettings;
    }

    /** From any thread. */
    CompletionStage<PublicationOutcome> publish(AccountSession account, PresenceStatus status, @Nullable String note) {
        gate.requireUsable();
        Objects.requireNonNull(status, "status");
        if (!PresencePublication.isPermitted(note)) {
            throw new IllegalArgumentException("a note has up to 200 characters, and no control characters");
        }
        return ask(account, (publication, outcome) -> publication.publish(status, note, outcome));
    }

    /** From any thread. */
    CompletionStage<PublicationOutcome> withdraw(AccountSession account) {
        return ask(account, PresencePublication::withdraw);
    }

    private CompletionStage<PublicationOutcome> ask(
            AccountSession account, BiConsumer<PresencePublication, Consumer<PublicationOutcome>> question) {
        gate.requireUsable();
        registry.requireThere(account);
        Answer<PublicationOutcome> answer = client.answers().open(new PublicationOutcome.AccountGone());
        client.loop().execute(() -> {
            PresencePublication publication = publicationOf(account);
            if (!policy.allows(Policy.Feature.PRESENCE)) {
                answer.tell(new PublicationOutcome.SwitchedOff());
            } else if (publication == null) {
                answer.tell(new PublicationOutcome.AccountGone());
            } else {
                question.accept(publication, answer::tell);
            }
        });
        return answer.stage();
    }

    private @Nullable PresencePublication publicationOf(AccountSession account) {
        PresencePublication known = accounts.get(account);
        SipEndpoint endpoint = account.endpoint();
        RegistrationState registration = account.registration().snapshot().state();
        boolean leaving =
                registration == RegistrationState.UNREGISTERING || registration == RegistrationState.UNREGISTERED;
        if (known != null || endpoint == null || leaving) {
            return known;
        }
        PresencePublication made = new PresencePublication(
                client.loop(), endpoint, client.config().lab().random());
        made.doNotDisturb(incomingCallSettings.isUndisturbed());
        accounts.put(account, made);
        if (registration == RegistrationState.REGISTERED) {
            made.registered();
        }
        return made;
    }

    /** Publishes a change of do-not-disturb. */
    void doNotDisturbChanged() {
        accounts.values().forEach(publication -> publication.doNotDisturb(incomingCallSettings.isUndisturbed()));
    }

    void registrationChanged(AccountSession account, RegistrationSnapshot after) {
        PresencePublication publication = accounts.get(account);
        if (publication == null) {
            return;
        }
        switch (after.state()) {
            case REGISTERED -> {
                if (policy.allows(Policy.Feature.PRESENCE)) {
                    publication.registered();
                } else {
                    publication.leave();
                    end(account, new PublicationOutcome.SwitchedOff());
                }
            }
            case UNREGISTERING -> publication.leave();
            case UNREGISTERED -> end(account, new PublicationOutcome.AccountGone());
            case REGISTERING, WAITING, FAILED -> publication.flowLost();
        }
    }

    void gone(AccountSession account) {
        end(account, new PublicationOutcome.AccountGone());
    }

    private void end(AccountSession account, PublicationOutcome why) {
        PresencePublication publication = accounts.remove(account);
        if (publication != null) {
            publication.dispose(why);
        }
    }
}
