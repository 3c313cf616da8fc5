// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import static com.techpro.callclient.adapters.phonesystems.provisioning.StubServer.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.voicemail.VoicemailBox;
import com.techpro.callclient.ports.voicemail.VoicemailException;
import com.techpro.callclient.ports.voicemail.VoicemailException.Reason;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeLoginContext;
import com.techpro.callclient.testkit.contracts.Lacks;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.VoicemailBoxContract;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a stub of what the account manager's documentation describes; what is not in it is an objection. */
@Lacks(
        value = {"UNDELETE", "WATCH", "greetings"},
        because = "Flexisip has none of them")
@Lacks(value = "failing with UNTRUSTED", because = "the server keeps its certificate; VMB_9 has an own client for that")
@Tag("slow")
class FlexisipVoicemailBoxTest extends VoicemailBoxContract {
    private static final String USER = "1001";
    private static final String PASSWORD = "sip-canary-password";
    private static final String MINE = "/api/accounts/me/voicemails";

    private final StubServer server = new StubServer(USER, PASSWORD);
    private final HeldAudio audio = new HeldAudio();
    private final Map<String, Left> messages = new LinkedHashMap<>();
    private final List<String> objections = new CopyOnWriteArrayList<>();
    private final List<FakeLoginContext> contexts = new ArrayList<>();
    private final List<VoicemailBox> boxes = new ArrayList<>();
    private volatile Function<RecordedRequest, @Nullable MockResponse> first = request -> null;
    private volatile String further = "";
    private volatile String fileHost = StubServer.HOST;

    FlexisipVoicemailBoxTest() {
        server.answers = this::answer;
    }

    @AfterEach
    void everythingThatWasAskedIsDescribed() {
        boxes.forEach(VoicemailBox::close);
        audio.resume();
        server.close();
        assertThat(objections).isEmpty();
        // What was under way as it closed ends by itself.
        Await.until(() -> contexts.stream().allMatch(context -> context.open() == 0), Duration.ofSeconds(10));
    }

    private synchronized MockResponse answer(RecordedRequest request) {
        MockResponse early = first.apply(request);
        if (early != null) {
            return early;
        }
        String path = request.getUrl().encodedPath();
        String method = request.getMethod();
        if (path.startsWith("/files/") && method.equals("GET")) {
            if (request.getHeaders().get("Authorization") != null
                    || request.getHeaders().get("From") != null) {
                objections.add("credentials for a file");
            }
            Left left = messages.get(path.split("/")[2]);
            return left == null ? status(404) : audio.answer("audio/wav", left.audio());
        }
        boolean described = (method.equals("GET") && path.equals(MINE))
                || (path.matches(MINE + "/[A-Za-z0-9_~.-]+") && (method.equals("GET") || method.equals("DELETE")));
        boolean typed = "application/json".equals(request.getHeaders().get("Accept"))
                && "application/json".equals(request.getHeaders().get("Content-Type"))
                && ("sip:" + USER + "@pbx.test").equals(request.getHeaders().get("From"));
        if (!described || !typed || request.getUrl().encodedQuery() != null) {
            objections.add("not described: " + StubServer.text(request));
            return status(418);
        }
        MockResponse judged = server.behindDigest(request, status(200));
        return judged.getCode() == 200 ? api(method, path) : judged;
    }

    private MockResponse api(String method, String path) {
        if (path.equals(MINE)) {
            List<String> all = new ArrayList<>();
            messages.forEach((id, left) -> all.add(describe(id, left)));
            if (!further.isEmpty()) {
                all.add(further);
            }
            return StubServer.document(all.toString());
        }
        String id = path.substring(MINE.length() + 1);
        Left left = messages.get(id);
        if (left == null) {
            return status(404);
        }
        if (method.equals("DELETE")) {
            messages.remove(id);
            return status(200);
        }
        return StubServer.document(describe(id, left));
    }

    private String describe(String id, Left left) {
        String from = left.number() == null ? "null" : "\"sip:" + left.number() + "@pbx.test\"";
        return """
            {"id": "ID", "sip_from": FROM, "file_url": "https://HOST:PORT/files/ID/x_audio.wav", "file_size": 4000,
             "content_type": "audio/wav", "created_at": "CREATED", "uploaded_at": "CREATED"}
            """.replace("ID", id)
                .replace("FROM", from)
                .replace("HOST", fileHost)
                .replace("PORT", Integer.toString(server.address().port()))
                .replace("CREATED", left.received().toString());
    }

    private VoicemailBox box(String password, TlsTrust trust) {
        FakeLoginContext context = new FakeLoginContext(Policy.OPEN).local("pbx.test");
        context.allow(List.of(server.address()));
        contexts.add(context);
        return box(password, trust, context);
    }

    private VoicemailBox box(String password, TlsTrust trust, FakeLoginContext context) {
        SipAccount account = SipAccount.builder(USER, "pbx.test", Secret.of(password))
                .tlsTrust(trust)
                .build();
        try {
            VoicemailBox box = FlexisipVoicemailBox.at(
                    "https://pbx.test:" + server.address().port() + "/api/", account, context, Seeds.random(9));
            boxes.add(box);
            return box;
        } catch (LoginRefusedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected VoicemailBox create() {
        return box(PASSWORD, StubServer.trust());
    }

    @Override
    protected synchronized void deliver(Left message) {
        messages.put(UUID.randomUUID().toString(), message);
    }

    @Override
    protected void await(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(30));
    }

    @Override
    protected boolean fail(Reason reason) {
        switch (reason) {
            case UNREACHABLE -> first = request -> status(503);
            case REFUSED -> first = request -> status(403);
            case PROTOCOL -> first = request -> StubServer.document("<html>" + NUMBER + "</html>");
            default -> {
                return false;
            }
        }
        return true;
    }

    @Override
    protected void heal() {
        first = request -> null;
    }

    @Override
    protected boolean holdAudio() {
        audio.hold();
        return true;
    }

    @Override
    protected void resumeAudio() {
        audio.resume();
    }

    @Override
    protected int audioFetched() {
        return audio.fetched();
    }

    @Override
    protected int openConnections() {
        return contexts.stream().mapToInt(FakeLoginContext::open).sum();
    }

    @Override
    protected VoicemailBox withWrongPassword() {
        return box("not-" + PASSWORD, StubServer.trust());
    }

    @Override
    protected VoicemailBox thatTrustsNobody() {
        return box(PASSWORD, TlsTrust.PLATFORM);
    }

    @Override
    protected byte[] wire() {
        var wire = new ByteArrayOutputStream();
        contexts.forEach(context -> wire.writeBytes(context.sent()));
        return wire.toByteArray();
    }

    @Override
    protected List<String> secrets() {
        return List.of(PASSWORD);
    }

    @Test
    void C1_the_password_is_in_no_byte_that_even_the_server_sees() throws Exception {
        create().list(0, 10);

        assertThat(server.requests)
                .hasSize(2)
                .allSatisfy(request -> assertThat(StubServer.text(request)).doesNotContain(PASSWORD));
    }

    @Test
    void a_message_that_is_still_being_left_is_not_there_yet() throws Exception {
        further = "{\"id\": \"slot\", \"sip_from\": null, \"created_at\": \"2026-01-01T00:00:00Z\", \"uploaded_at\":"
                + " null}";

        assertThat(create().list(0, 10).total()).isZero();
    }

    @Test
    void the_names_that_the_program_has_for_size_and_file_are_read_too() throws Exception {
        further = "{\"id\": \"m\", \"sip_from\": \"unknown\", \"size\": 17, \"download_url\": \"https://pbx.test/x\","
                + " \"created_at\": \"2026-01-01T00:00:00.000000Z\", \"uploaded_at\": \"2026-01-01T00:00:09.000000Z\"}";

        var message = create().list(0, 10).messages().get(0);

        assertThat(message.size()).isEqualTo(17);
        assertThat(message.callerNumber()).isEqualTo("unknown");
    }

    @Test
    void S5_a_file_elsewhere_is_fetched_only_if_the_policy_permits() throws Exception {
        deliver(new Left(NUMBER, null, at(0), false, audio(0)));
        fileHost = "elsewhere.test";
        FakeLoginContext context = new FakeLoginContext(
                        new Policy(Set.of("pbx.test"), null, null, null, null, Set.of()))
                .local("pbx.test")
                .local("elsewhere.test");
        context.allow(List.of(server.address()));
        contexts.add(context);
        VoicemailBox box = box(PASSWORD, StubServer.trust(), context);
        String id = box.list(0, 1).messages().get(0).id();

        var thrown = catchThrowableOfType(VoicemailException.class, () -> box.open(id));

        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).isEqualTo(Reason.REFUSED);
        assertThat(context.lookedUp()).doesNotContain("elsewhere.test");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"a/b\", \"created_at\": \"2026-01-01T00:00:00Z\", \"uploaded_at\": \"x\"}",
                "{\"id\": \"a\", \"created_at\": \"then\", \"uploaded_at\": \"x\"}",
                "{\"id\": null, \"created_at\": \"2026-01-01T00:00:00Z\", \"uploaded_at\": \"x\"}"
            })
    void a_list_that_makes_no_sense_is_none(String item) {
        further = item;
        VoicemailBox box = create();

        var thrown = catchThrowableOfType(VoicemailException.class, () -> box.list(0, 1));

        assertThat(thrown).isNotNull();
        assertThat(thrown.reason()).isEqualTo(Reason.PROTOCOL);
    }
}
