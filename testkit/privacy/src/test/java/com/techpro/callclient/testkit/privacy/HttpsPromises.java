// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.adapters.appcast.AppcastUpdates;
import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.Lab;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.Platform;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginOutcome;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.Profile;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promises about what is asked of web servers: who the user is, and whether there is a newer version. Part of {@link PrivacyPromises}. */
interface HttpsPromises {
    @ParameterizedTest(name = "C2 {0} tells who the user is")
    @ValueSource(strings = {"sip", "lpconfig", "acrobits", "wazo"})
    default void C2_each_kind_of_phone_system_provides_the_profile_of_the_user(String kind) throws Exception {
        try (RecordingWebServer server = new RecordingWebServer();
                CallClient client = CallClient.create(
                        CallClientConfig.builder().callbacks(Runnable::run).build())) {
            server.answers = ProfileDocuments::answer;
            PhoneSystem system = switch (kind) {
                case "sip" -> SipRegistrar.phoneSystem();
                case "lpconfig" -> PhoneSystems.lpconfig("/lpconfig");
                case "acrobits" -> PhoneSystems.acrobits("/acrobits");
                default -> PhoneSystems.wazo();
            };
            Login login = Login.of("7900112233@127.0.0.1", Secret.of("canary")).trusting(server.trust());
            LoginResult result = get(client.login(system, login.at(server.address())));
            assertThat(result).isInstanceOf(LoginResult.LoggedIn.class);
            Profile profile = client.profile();
            assertThat(profile).isEqualTo(((LoginResult.LoggedIn) result).profile());
            assertThat(profile.extension()).isEqualTo("7900112233");
            if (!kind.equals("sip")) {
                // Nobody typed it in here.
                assertThat(profile.displayName()).isEqualTo("Zebedia Quill");
            }
        }
    }

    @Test
    default void C2_there_is_no_way_to_type_a_profile_in() {
        Stream<Class<?>> entrances =
                Stream.of(CallClient.class, CallClientConfig.Builder.class, Platform.class, Lab.class, Login.class);
        assertThat(entrances
                        .flatMap(type -> Arrays.stream(type.getMethods()))
                        .filter(method ->
                                Arrays.asList(method.getParameterTypes()).contains(Profile.class))
                        .map(Method::getName))
                .isEmpty();
    }

    @Test
    default void T2_an_update_check_identifies_no_user_and_unsigned_feeds_are_rejected() throws Exception {
        KeyPair publisher = ed25519();
        try (RecordingWebServer server = new RecordingWebServer()) {
            String first = checkedBy("7900112233", "7.7.11", server, publisher);
            String second = checkedBy("7900445566", "7.7.12", server, publisher);
            assertThat(first).isEqualTo(second).contains("GET /appcast.xml");
            assertThat(first.toLowerCase(Locale.ROOT))
                    .doesNotContain("7900", "ombeline", "7.7.1", "canaryphone", "cookie", "accept-language");

            try (CallClient client = client(server, publisher, Policy.OPEN)) {
                server.feed(ProfileDocuments.appcast("99.0"), publisher);
                assertThat(get(client.updates().check("1.0")))
                        .isInstanceOfSatisfying(
                                UpdateAnswer.Newer.class,
                                newer -> assertThat(newer.version()).isEqualTo("99.0"));
                server.feed(ProfileDocuments.appcast("99.0"), ed25519());
                assertThat(get(client.updates().check("1.0")))
                        .isEqualTo(new UpdateAnswer.Failed(UpdateAnswer.Problem.BAD_SIGNATURE));
            }
        }
    }

    @Test
    default void T2_nobody_is_asked_unless_the_host_wants_it_and_the_organisation_permits_it() throws Exception {
        KeyPair publisher = ed25519();
        UpdateAnswer off = new UpdateAnswer.Failed(UpdateAnswer.Problem.OFF);
        Policy forbidding = new Policy(null, null, null, null, null, Set.of(Policy.Feature.UPDATE_CHECK));
        try (RecordingWebServer server = new RecordingWebServer();
                CallClient without = CallClient.create(
                        CallClientConfig.builder().callbacks(Runnable::run).build());
                CallClient forbidden = client(server, publisher, forbidding)) {
            server.feed(ProfileDocuments.appcast("99.0"), publisher);
            assertThat(get(without.updates().check("1.0"))).isEqualTo(off);
            assertThat(get(forbidden.updates().check("1.0"))).isEqualTo(off);
            assertThat(server.requests()).isEmpty();
        }
    }

    /** And so does the mailbox's login by IMAP, where there is one. All of it is inside TLS: see S4. */
    @Test
    default void C1_three_login_methods_show_the_password_to_the_phone_system_and_no_other_does() throws Exception {
        Canary password = Canary.secret("password", "Pw-4711-rosebud");
        Set<String> shown = new TreeSet<>();
        for (String kind : List.of("sip", "lpconfig", "lpconfig by Digest", "acrobits", "wazo")) {
            try (RecordingWebServer server = new RecordingWebServer();
                    CallClient client = CallClient.create(
                            CallClientConfig.builder().callbacks(Runnable::run).build())) {
                server.answers =
                        kind.equals("lpconfig by Digest") ? ProfileDocuments::answerToDigest : ProfileDocuments::answer;
                PhoneSystem system = switch (kind) {
                    case "sip" -> SipRegistrar.phoneSystem();
                    case "acrobits" -> PhoneSystems.acrobits("/acrobits");
                    case "wazo" -> PhoneSystems.wazo();
                    default -> PhoneSystems.lpconfig("/lpconfig");
                };
                Login login = Login.of("7900112233@127.0.0.1", Secret.of(password.value()))
                        .at(server.address())
                        .trusting(server.trust());
                assertThat(get(client.login(system, login))).as(kind).isInstanceOf(LoginResult.LoggedIn.class);
                if (server.requests().stream().anyMatch(password::isIn)) {
                    shown.add(kind);
                }
            }
        }
        assertThat(shown).containsExactly("acrobits", "lpconfig", "wazo");
    }

    @Test
    default void S4_a_web_server_of_another_name_is_told_neither_name_nor_password() throws Exception {
        try (RecordingWebServer server = new RecordingWebServer("127.0.0.2");
                CallClient client = CallClient.create(
                        CallClientConfig.builder().callbacks(Runnable::run).build())) {
            server.answers = ProfileDocuments::answer;
            Login login = Login.of("7900112233@127.0.0.1", Secret.of("canary"))
                    .at(server.address())
                    .trusting(server.trust());
            for (PhoneSystem system : List.of(
                    PhoneSystems.lpconfig("/lpconfig"), PhoneSystems.acrobits("/acrobits"), PhoneSystems.wazo())) {
                assertThat(get(client.login(system, login)))
                        .as(system.kind())
                        .isEqualTo(new LoginResult.Refused(LoginOutcome.Reason.SERVER_UNTRUSTED, null));
            }
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    default void S5_a_web_server_cannot_send_the_login_elsewhere() throws Exception {
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.2"));
                RecordingWebServer server = new RecordingWebServer();
                CallClient client = CallClient.create(
                        CallClientConfig.builder().callbacks(Runnable::run).build())) {
            server.answers = request -> new MockResponse.Builder()
                    .code(302)
                    .addHeader("Location", "https://127.0.0.2:" + elsewhere.getLocalPort() + "/lpconfig")
                    .build();
            Login login = Login.of("7900112233@127.0.0.1", Secret.of("canary"))
                    .at(server.address())
                    .trusting(server.trust());
            for (PhoneSystem system : List.of(
                    PhoneSystems.lpconfig("/lpconfig"), PhoneSystems.acrobits("/acrobits"), PhoneSystems.wazo())) {
                assertThat(get(client.login(system, login))).as(system.kind()).isInstanceOf(LoginResult.Refused.class);
            }
            assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(wasReached(elsewhere)).isFalse();
        }
    }

    @Test
    default void S5_a_mailbox_is_asked_only_where_the_organisation_permits_it() throws Exception {
        for (boolean permitted : List.of(true, false)) {
            Policy policy = permitted ? Policy.OPEN : new Policy(Set.of("127.0.0.1"), null, null, null, null, Set.of());
            try (ServerSocket mailServer = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.2"));
                    RecordingWebServer server = new RecordingWebServer();
                    CallClient client = CallClient.create(CallClientConfig.builder()
                            .callbacks(Runnable::run)
                            .policy(policy)
                            .build())) {
                server.answers =
                        request -> ProfileDocuments.withMailbox(request, "127.0.0.2", mailServer.getLocalPort());
                Login login = Login.of("7900112233@127.0.0.1", Secret.of("canary"))
                        .at(server.address())
                        .trusting(server.trust());
                LoginResult result = get(client.login(PhoneSystems.lpconfig("/lpconfig"), login));
                assertThat(wasReached(mailServer))
                        .as("permitted " + permitted + ": " + result)
                        .isEqualTo(permitted);
            }
        }
    }

    /** A connection is accepted by the system before anybody here asks for it. */
    private static boolean wasReached(ServerSocket server) throws IOException {
        server.setSoTimeout(1_000);
        try (Socket connected = server.accept()) {
            return connected.isConnected();
        } catch (SocketTimeoutException nobody) {
            return false;
        }
    }

    /** What the publisher's server gets to see when the app of that user asks. */
    private static String checkedBy(String user, String version, RecordingWebServer server, KeyPair publisher)
            throws Exception {
        server.feed(ProfileDocuments.appcast("0.1"), publisher);
        try (CallClient client = client(server, publisher, Policy.OPEN)) {
            Login login = Login.of(user + "@127.0.0.1", Secret.of("canary")).trusting(server.trust());
            assertThat(get(client.login(SipRegistrar.phoneSystem(), login))).isInstanceOf(LoginResult.LoggedIn.class);
            get(client.people().favorites().add(new Favorite(user, "Ombeline Wren")));
            int before = server.requests().size();
            assertThat(get(client.updates().check(version))).isEqualTo(new UpdateAnswer.UpToDate());
            List<String> all = server.requests();
            assertThat(all).hasSize(before + 1);
            return all.get(before);
        }
    }

    private static CallClient client(RecordingWebServer server, KeyPair publisher, Policy policy) {
        CallClient client = CallClient.create(CallClientConfig.builder()
                .callbacks(Runnable::run)
                .userAgent("CanaryPhone/1.0")
                .platform(p -> p.store(new FakeSecureStore())
                        .updates(new AppcastUpdates(
                                server.client(), server.feedAddress(), RecordingWebServer.raw(publisher))))
                .policy(policy)
                .build());
        Await.until("the store was read", () -> !client.lock().isLocked());
        return client;
    }

    private static KeyPair ed25519() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
