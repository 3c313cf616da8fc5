// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.wazo;

import static com.techpro.callclient.adapters.phonesystems.provisioning.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.adapters.phonesystems.provisioning.HttpsClient;
import com.techpro.callclient.adapters.phonesystems.provisioning.LoginRefusedException;
import com.techpro.callclient.adapters.phonesystems.provisioning.StubServer;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.ports.voicemail.VoicemailMessage;
import com.techpro.callclient.ports.voicemail.VoicemailPage;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.Lacks;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.VoicemailBoxContract;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Lacks(value = "UNDELETE", because = "Wazo deletes at once")
@Lacks(value = "failing with UNTRUSTED", because = "the server keeps its certificate; VMB_9 has an own client for that")
@Tag("slow")
class WazoVoicemailBoxTest extends VoicemailBoxContract {
    private final WazoStub wazo = new WazoStub();
    private final WazoMailboxStub mailbox = new WazoMailboxStub(wazo);
    private final WazoSocketStub socket = new WazoSocketStub(wazo);
    private final List<FakeLoginContext> ofBoxes = new ArrayList<>();
    private final List<FakeLoginContext> all = new ArrayList<>();
    private final List<AutoCloseable> owned = new ArrayList<>();
    private int clients;

    @AfterEach
    void everythingThatWasAskedIsDescribed() throws Exception {
        closeWhatIsOpen();
        for (AutoCloseable each : owned) {
            each.close();
        }
        wazo.close();
        assertThat(wazo.objections).isEmpty();
        // What was under way as it closed ends by itself.
        Await.until(() -> all.stream().allMatch(context -> context.open() == 0), Duration.ofSeconds(10));
        assertThat(wazo.server.requests)
                .allSatisfy(request -> assertThat(request.getRequestLine()).doesNotContain("secret"));
    }

    private void closeWhatIsOpen() {
        resumeAudio();
        heal();
    }

    @Override
    protected VoicemailBox create() {
        return box(StubServer.trust(), true);
    }

    private VoicemailBox box(TlsTrust trust, boolean valid) {
        try {
            FakeLoginContext ofTokens = context();
            HttpsClient client = own(HttpsClient.lasting(ofTokens, StubServer.trust()));
            String clientId = "client-" + ++clients;
            WazoTokens tokens = WazoTokens.of(client, wazo.address(), ofTokens, clientId);
            WazoTokens.Owner owner = tokens.logIn(wazo.login(WazoStub.PASSWORD));
            if (!valid) {
                wazo.sessionOfToken.remove(tokens.header());
                wazo.refreshOfClient.remove(clientId);
            }
            FakeLoginContext ofBox = context();
            ofBoxes.add(ofBox);
            HttpsClient own = HttpsClient.lasting(ofBox, trust);
            HttpsClient listening = own(HttpsClient.lasting(ofBox, StubServer.trust()));
            WazoEvents events = new WazoEvents(
                    new WazoApi(listening, wazo.address(), tokens), tokens, ofBox, Seeds.random(clients));
            owned.add(0, () -> {
                events.close();
                tokens.revoke(owner);
            });
            VoicemailBox box = new WazoVoicemailBox(own, new WazoApi(own, wazo.address(), tokens), events);
            owned.add(0, box::close);
            return box;
        } catch (LoginRefusedException e) {
            throw new AssertionError(e);
        }
    }

    private HttpsClient own(HttpsClient client) {
        owned.add(client);
        return client;
    }

    private FakeLoginContext context() {
        FakeLoginContext context = WazoStub.context(Policy.OPEN);
        context.allow(List.of(wazo.address()));
        all.add(context);
        return context;
    }

    @Override
    protected void deliver(Left message) {
        mailbox.deliver(
                message.number(),
                message.name(),
                message.received().getEpochSecond(),
                message.audio(),
                message.heard() ? WazoMailboxStub.OLD : WazoMailboxStub.NEW);
        socket.tell("user_voicemail_message_created");
    }

    @Override
    protected boolean deliverGreeting(byte[] audio) {
        mailbox.greetings.put("busy", audio);
        return true;
    }

    @Override
    protected void await(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(30));
    }

    @Override
    protected boolean fail(Reason reason) {
        switch (reason) {
            case UNREACHABLE -> wazo.first = request -> status(503);
            case REFUSED -> wazo.first = request -> status(403);
            case PROTOCOL -> wazo.first = request -> StubServer.document("<html>" + NUMBER + "</html>");
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    protected void heal() {
        wazo.first = request -> null;
    }

    @Override
    protected boolean holdAudio() {
        mailbox.audio.hold();
        return true;
    }

    @Override
    protected void resumeAudio() {
        mailbox.audio.resume();
    }

    @Override
    protected int audioFetched() {
        return mailbox.audio.fetched();
    }

    @Override
    protected int openConnections() {
        return ofBoxes.stream().mapToInt(FakeLoginContext::open).sum();
    }

    @Override
    protected VoicemailBox withWrongPassword() {
        return box(StubServer.trust(), false);
    }

    @Override
    protected VoicemailBox thatTrustsNobody() {
        return box(TlsTrust.PLATFORM, true);
    }

    @Override
    protected byte[] wire() {
        var wire = new ByteArrayOutputStream();
        all.forEach(context -> wire.writeBytes(context.sent()));
        return wire.toByteArray();
    }

    @Override
    protected List<String> secrets() {
        List<String> secrets = new ArrayList<>(wazo.everyToken());
        secrets.add(WazoStub.PASSWORD);
        secrets.add(WazoStub.USER);
        return secrets;
    }

    @Test
    void urgent_messages_are_unheard_and_marking_moves_them() throws Exception {
        String id = mailbox.deliver(null, null, 1_700_000_000L, audio(1), WazoMailboxStub.URGENT);
        VoicemailBox box = create();

        VoicemailMessage urgent = box.list(0, 1).messages().get(0);
        box.setHeard(id, true);
        VoicemailMessage heard = box.list(0, 1).messages().get(0);
        box.setHeard(id, false);

        assertThat(urgent.urgent()).isTrue();
        assertThat(urgent.heard()).isFalse();
        assertThat(urgent.duration()).isEqualTo(Duration.ofSeconds(4));
        assertThat(urgent.transcription()).isEqualTo("call me");
        assertThat(heard.heard()).isTrue();
        assertThat(heard.urgent()).isFalse();
        assertThat(mailbox.folderOf(id)).isEqualTo(WazoMailboxStub.NEW);
        box.close();
    }

    @Test
    void an_older_wazo_without_a_list_of_messages_is_listed_by_its_folders() throws Exception {
        mailbox.listsMessages = false;
        for (int i = 0; i < 5; i++) {
            mailbox.deliver(null, null, 1_700_000_000L + i, audio(i), i % 2 == 0 ? 1 : 2);
        }
        VoicemailBox box = create();

        VoicemailPage page = box.list(1, 3);

        assertThat(page.total()).isEqualTo(5);
        assertThat(page.unheard()).isEqualTo(3);
        assertThat(page.messages())
                .extracting(message -> message.received().getEpochSecond())
                .containsExactly(1_700_000_003L, 1_700_000_002L, 1_700_000_001L);
        box.close();
    }

    @Test
    void a_token_that_ran_out_is_renewed_under_way() throws Exception {
        mailbox.deliver(null, null, 1_700_000_000L, audio(1), 1);
        VoicemailBox box = create();
        String id = box.list(0, 1).messages().get(0).id();

        wazo.sessionOfToken.clear();
        assertThat(box.list(0, 1).total()).isEqualTo(1);
        wazo.sessionOfToken.clear();
        box.open(id).close();
        box.close();
    }
}
