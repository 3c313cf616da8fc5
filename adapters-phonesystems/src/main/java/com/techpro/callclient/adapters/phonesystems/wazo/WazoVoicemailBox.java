// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import com.google.gson.JsonObject;
import com.techpro.callclient.adapters.phonesystems.provisioning.HttpAnswer;
import com.techpro.callclient.adapters.phonesystems.provisioning.HttpStream;
import com.techpro.callclient.adapters.phonesystems.provisioning.HttpsClient;
import com.techpro.callclient.adapters.phonesystems.provisioning.LoginRefusedException;
import com.techpro.callclient.adapters.phonesystems.provisioning.MailboxFailures;
import com.techpro.callclient.adapters.phonesystems.provisioning.UntrustedJson;
import com.techpro.callclient.ports.voicemail.VoicemailAudio;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The user's own mailbox, from wazo-calld. A message in the folder of old ones is heard. Deletion
 * is final. The interface has no message-waiting state, so this box has none either.
 */
final class WazoVoicemailBox implements VoicemailBox {
    private static final String MINE = WazoApi.CALLD + "/users/me/voicemails";
    private static final String GREETING = "greeting/";
    private static final List<String> GREETINGS = List.of("unavailable", "busy", "name");
    private static final Set<Capability> CAN =
            Set.of(Capability.MARK_HEARD, Capability.DELETE, Capability.GREETINGS, Capability.WATCH);

    private final HttpsClient client;
    private final WazoApi api;
    private final WazoEvents events;
    private volatile boolean closed;
    private WazoEvents.@Nullable Listening listening;

    /** @param client serves this box alone, which closes it */
    WazoVoicemailBox(HttpsClient client, WazoApi api, WazoEvents events) {
        this.client = client;
        this.api = api;
        this.events = events;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.copyOf(CAN);
    }

    @Override
    public VoicemailPage list(int offset, int limit) throws VoicemailException {
        WazoMailbox mailbox = mailbox();
        HttpAnswer answer = send(
                "GET",
                MINE + "/messages?voicemail_type=personal&order=timestamp&direction=desc&limit=" + limit + "&offset="
                        + offset,
                null);
        if (answer.status() == 404) {
            // An older Wazo has no such list, but sends each message with its folder.
            return mailbox.page(offset, limit);
        }
        return mailbox.page(parsed(answer));
    }

    @Override
    public VoicemailAudio open(String id) throws VoicemailException {
        String path = id.startsWith(GREETING) && GREETINGS.contains(id.substring(GREETING.length()))
                ? MINE + "/greetings/" + id.substring(GREETING.length())
                : message(id) + "/recording";
        try {
            check();
            HttpStream stream = api.open(path, "audio/wav");
            return MailboxFailures.audio(stream);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public void setHeard(String id, boolean heard) throws VoicemailException {
        String path = message(id);
        UntrustedJson message = parsed(MailboxFailures.existing(send("GET", path, null)));
        UntrustedJson folder = message.object("folder");
        if (folder == null || WazoMailbox.isHeard(folder.text("type")) == heard) {
            return;
        }
        JsonObject body = new JsonObject();
        body.addProperty("folder_id", mailbox().folder(heard ? "old" : "new"));
        MailboxFailures.required(MailboxFailures.existing(send("PUT", path, body)));
    }

    @Override
    public void delete(String id) throws VoicemailException {
        MailboxFailures.required(MailboxFailures.existing(send("DELETE", message(id), null)));
    }

    @Override
    public void undelete(String id) throws VoicemailException {
        check();
        throw new VoicemailException(Reason.UNSUPPORTED, "deleting is final");
    }

    @Override
    public void purge() throws VoicemailException {
        check();
    }

    @Override
    public List<Greeting> greetings() throws VoicemailException {
        List<Greeting> recorded = new ArrayList<>();
        for (String greeting : GREETINGS) {
            HttpAnswer answer = send("HEAD", MINE + "/greetings/" + greeting, null);
            if (answer.status() != 404) {
                MailboxFailures.required(answer);
                recorded.add(new Greeting(GREETING + greeting, greeting, true));
            }
        }
        return recorded;
    }

    @Override
    public synchronized void watch(@Nullable Runnable changed) {
        if (listening != null) {
            listening.close();
            listening = null;
        }
        if (changed != null && !closed) {
            listening = events.listen(WazoEvents.VOICEMAIL, changed);
        }
    }

    @Override
    public void close() {
        closed = true;
        watch(null);
        client.close();
    }

    private WazoMailbox mailbox() throws VoicemailException {
        HttpAnswer answer = send("GET", MINE, null);
        if (answer.status() == 404) {
            throw new VoicemailException(Reason.UNSUPPORTED, "the user has no mailbox");
        }
        return new WazoMailbox(parsed(answer));
    }

    private HttpAnswer send(String method, String path, @Nullable JsonObject body) throws VoicemailException {
        check();
        try {
            return api.send(method, path, body);
        } catch (LoginRefusedException e) {
            throw failure(e);
        }
    }

    private static UntrustedJson parsed(HttpAnswer answer) throws VoicemailException {
        try {
            return UntrustedJson.parse(MailboxFailures.required(answer).body());
        } catch (LoginRefusedException e) {
            throw MailboxFailures.of(e);
        }
    }

    private String message(String id) throws VoicemailException {
        check();
        if (!HttpsClient.isSegment(id)) {
            throw MailboxFailures.noSuchMessage();
        }
        return MINE + "/messages/" + id;
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
        return "WazoVoicemailBox[redacted]";
    }
}
