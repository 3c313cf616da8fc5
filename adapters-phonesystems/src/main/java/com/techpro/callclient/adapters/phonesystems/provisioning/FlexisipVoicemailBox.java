// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a Flexisip account manager keeps for a SIP account. It does not know which were
 * heard, so each message stays new until it is deleted. Deletion is final.
 */
public final class FlexisipVoicemailBox implements VoicemailBox {
    private static final String MINE = "/accounts/me/voicemails";

    private final HttpsClient client;
    private final LoginContext context;
    private final AccountManager manager;
    private volatile boolean closed;

    private FlexisipVoicemailBox(HttpsClient client, LoginContext context, AccountManager manager) {
        this.client = client;
        this.context = context;
        this.manager = manager;
    }

    /** Returns the interface's host, for the policy to allow; null if the URL is not HTTPS. */
    public static @Nullable HostPort server(String url) {
        AccountManager.Address address = AccountManager.Address.parse(url);
        return address == null || address.path().indexOf('?') >= 0 ? null : address.server();
    }

    /** @param url the interface's address, such as {@code https://accounts.example.org/api} */
    public static FlexisipVoicemailBox at(String url, SipAccount account, LoginContext context, Random random)
            throws LoginRefusedException {
        AccountManager.Address address = AccountManager.Address.parse(url);
        if (address == null) {
            throw new IllegalArgumentException("not a URL of HTTPS");
        }
        HttpsClient client = HttpsClient.lasting(context, account.tlsTrust());
        return new FlexisipVoicemailBox(client, context, new AccountManager(client, address, account, random));
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.of(Capability.DELETE);
    }

    @Override
    public VoicemailPage list(int offset, int limit) throws VoicemailException {
        List<VoicemailMessage> all = new ArrayList<>();
        try {
            HttpAnswer answer = MailboxFailures.required(send("GET", ""));
            for (UntrustedJson voicemail : UntrustedJson.parseList(answer.body())) {
                if (FlexisipMessage.isComplete(voicemail)) {
                    all.add(FlexisipMessage.read(voicemail));
                }
            }
        } catch (LoginRefusedException e) {
            throw failure(e);
        }
        all.sort(Comparator.comparing(VoicemailMessage::received).reversed());
        int from = Math.min(offset, all.size());
        int to = (int) Math.min((long) from + limit, all.size());
        return new VoicemailPage(all.subList(from, to), all.size(), all.size());
    }

    @Override
    public VoicemailAudio open(String id) throws VoicemailException {
        try {
            HttpAnswer answer = existing(send("GET", segment(id)));
            UntrustedJson voicemail = UntrustedJson.parse(answer.body());
            AccountManager.Address file = FlexisipMessage.file(voicemail);
            if (file == null || !FlexisipMessage.isComplete(voicemail)) {
                throw MailboxFailures.noSuchMessage();
            }
            // The account manager may keep its files on another host; the policy must allow that
            // host.
            if (!context.allow(List.of(file.server()))) {
                throw new VoicemailException(Reason.REFUSED, "the policy forbids where the message is");
            }
            check();
            HttpStream stream = client.open(file.server(), file.path(), Map.of("Accept", "audio/*"));
            return MailboxFailures.audio(stream);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void setHeard(String id, boolean heard) throws VoicemailException {
        throw unsupported();
    }

    @Override
    public void delete(String id) throws VoicemailException {
        existing(send("DELETE", segment(id)));
    }

    @Override
    public void undelete(String id) throws VoicemailException {
        throw unsupported();
    }

    @Override
    public void purge() throws VoicemailException {
        check();
    }

    @Override
    public List<Greeting> greetings() throws VoicemailException {
        check();
        return List.of();
    }

    /** Does nothing: the server reports no changes. Message-waiting notifications may. */
    @Override
    public void watch(@Nullable Runnable changed) {}

    @Override
    public void close() {
        closed = true;
        client.close();
    }

    private HttpAnswer send(String method, String below) throws VoicemailException {
        check();
        try {
            return manager.send(method, MINE + below);
        } catch (LoginRefusedException e) {
            throw failure(e);
        }
    }

    private static HttpAnswer existing(HttpAnswer answer) throws VoicemailException {
        return MailboxFailures.required(MailboxFailures.existing(answer));
    }

    private String segment(String id) throws VoicemailException {
        check();
        if (!HttpsClient.isSegment(id)) {
            throw MailboxFailures.noSuchMessage();
        }
        return "/" + id;
    }

    private VoicemailException unsupported() throws VoicemailException {
        check();
        return new VoicemailException(Reason.UNSUPPORTED, "an account manager cannot do that");
    }

    private void check() throws VoicemailException {
        if (closed) {
            throw new VoicemailException(Reason.CLOSED, "this box was closed");
        }
    }

    private VoicemailException failure(IOException e) {
        return closed ? new VoicemailException(Reason.CLOSED, "this box was closed") : MailboxFailures.of(e);
    }

    @Override
    public String toString() {
        return "FlexisipVoicemailBox[redacted]";
    }
}
