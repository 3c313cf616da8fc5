// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.appcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.update.UpdateAnswer;
import com.techpro.callclient.ports.update.UpdateAnswer.Problem;
import com.techpro.callclient.ports.update.UpdatePort;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.UpdatePortContract;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The adapter against an HTTPS server; the signatures are the JDK's, not the library's that checks them. */
class AppcastUpdatesTest extends UpdatePortContract {
    private final MockWebServer server = new MockWebServer();
    private final List<String> requests = new ArrayList<>();
    private KeyPair publisher;
    private OkHttpClient http;
    private String feed = "";
    private byte[] served = {};
    private boolean silent;

    @BeforeEach
    void serve() throws Exception {
        publisher = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("localhost")
                .build();
        server.useHttps(new HandshakeCertificates.Builder()
                .heldCertificate(certificate)
                .build()
                .sslSocketFactory());
        HandshakeCertificates trusting = new HandshakeCertificates.Builder()
                .addTrustedCertificate(certificate.certificate())
                .build();
        http = new OkHttpClient.Builder()
                .sslSocketFactory(trusting.sslSocketFactory(), trusting.trustManager())
                .readTimeout(Duration.ofSeconds(2))
                .build();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                synchronized (requests) {
                    requests.add(request.getMethod() + " " + request.getTarget() + "\n" + request.getHeaders());
                }
                if (silent) {
                    return new MockResponse.Builder()
                            .headersDelay(1, TimeUnit.HOURS)
                            .build();
                }
                return new MockResponse.Builder()
                        .body(new Buffer().write(served))
                        .build();
            }
        });
        server.start(InetAddress.getByName("localhost"), 0);
    }

    @AfterEach
    void close() {
        server.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    @Override
    protected UpdatePort port() {
        return new AppcastUpdates(http, server.url("/appcast.xml").uri(), raw(publisher));
    }

    @Override
    protected void await(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(30));
    }

    @Override
    protected void publish(String version) {
        publishFeed("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\""
                + " xmlns:sparkle=\"http://www.andymatuschak.org/xml-namespaces/sparkle\"><channel>"
                + item("1.0.1") + item(version) + item("0.9") + "</channel></rss>\n");
    }

    private static String item(String version) {
        return "<item><title>Version</title><link>https://example.org/acme/" + version + "</link>"
                + "<sparkle:version>1</sparkle:version><sparkle:shortVersionString>" + version
                + "</sparkle:shortVersionString><description sparkle:format=\"plain-text\">Better &amp; faster"
                + "</description></item>";
    }

    private void publishFeed(String xml) {
        feed = xml;
        served = signed(xml, publisher);
    }

    @Override
    protected void spoil() {
        served[served.length / 3] ^= 1;
    }

    @Override
    protected void signByAnother() {
        try {
            served = signed(feed, KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    protected void silence() {
        silent = true;
    }

    @Override
    protected List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    @Test
    void the_newest_is_told_with_its_page_and_plain_notes() {
        publish("3.2");

        assertThat(checked("1.0"))
                .isEqualTo(
                        new UpdateAnswer.Newer("3.2", URI.create("https://example.org/acme/3.2"), "Better & faster"));
    }

    @Test
    void T2_every_changed_bit_and_every_truncation_is_refused() {
        publish("3.2");
        byte[] good = served;
        var key = new Ed25519PublicKeyParameters(raw(publisher), 0);
        assertThat(SignedFeed.verified(good, key)).isNotNull();
        int signedBytes = feed.getBytes(StandardCharsets.UTF_8).length;
        for (int bit = 0; bit < signedBytes * 8; bit += 7) {
            byte[] changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(SignedFeed.verified(changed, key)).as("bit %d", bit).isNull();
        }
        for (int length = 0; length < good.length - 4; length++) {
            assertThat(SignedFeed.verified(Arrays.copyOf(good, length), key))
                    .as("length %d", length)
                    .isNull();
        }
        byte[] appended = Arrays.copyOf(good, good.length + 1);
        appended[good.length] = 'x';
        assertThat(SignedFeed.verified(appended, key)).isNull();
    }

    @Test
    void a_signed_feed_with_a_document_type_or_without_markup_is_malformed() {
        publishFeed("<!DOCTYPE rss [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><rss>&a;</rss>\n");
        assertThat(checked("1.0")).isEqualTo(new UpdateAnswer.Failed(Problem.MALFORMED));
        publishFeed("not xml at all");
        assertThat(checked("1.0")).isEqualTo(new UpdateAnswer.Failed(Problem.MALFORMED));
    }

    @Test
    void a_feed_of_nearly_a_megabyte_is_read_and_a_larger_one_is_not() {
        StringBuilder items = new StringBuilder();
        for (int i = 0; items.length() < (1 << 20) - 2_000; i++) {
            items.append(item("1.0." + i));
        }
        String open = "<rss xmlns:sparkle=\"http://www.andymatuschak.org/xml-namespaces/sparkle\"><channel>";
        publishFeed(open + items + item("3.2") + "</channel></rss>\n");
        assertThat(checked("1.0")).isInstanceOf(UpdateAnswer.Newer.class);
        publishFeed(open + items + item("3.2").repeat(10) + "</channel></rss>\n");
        assertThat(checked("1.0")).isEqualTo(new UpdateAnswer.Failed(Problem.UNREACHABLE));
    }

    @Test
    void extension_elements_in_the_feed_are_ignored() {
        publishFeed("<rss xmlns:sparkle=\"http://www.andymatuschak.org/xml-namespaces/sparkle\""
                + " xmlns:x=\"http://www.w3.org/2005/Atom\"><channel><item><x:link>https://example.org/x</x:link>"
                + "<x:version>9</x:version><sparkle:version>2.1</sparkle:version><x:description>x</x:description>"
                + "<enclosure x:url=\"https://example.org/x\" url=\"https://example.org/a.zip\" version=\"9\"/>"
                + "<description>not said to be plain</description></item></channel></rss>\n");

        assertThat(checked("1.0"))
                .isEqualTo(new UpdateAnswer.Newer("2.1", URI.create("https://example.org/a.zip"), null));
    }

    @Test
    void notes_that_say_they_are_plain_text_and_hold_elements_are_not_shown() {
        publishFeed("<rss xmlns:sparkle=\"http://www.andymatuschak.org/xml-namespaces/sparkle\"><channel><item>"
                + "<link>https://example.org/a</link><sparkle:version>2.1</sparkle:version>"
                + "<description sparkle:format=\"plain-text\">a <b>b</b> c</description></item></channel></rss>\n");

        assertThat(checked("1.0")).isEqualTo(new UpdateAnswer.Newer("2.1", URI.create("https://example.org/a"), null));
    }

    private static String item(String version, String more, String os) {
        return "<item><link>https://example.org/acme/" + version + "</link><sparkle:version>" + version
                + "</sparkle:version>" + more + "<enclosure url=\"https://example.org/a.zip\"" + os + "/></item>";
    }

    private String offered(UpdatePort port) {
        AtomicReference<UpdateAnswer> answer = new AtomicReference<>();
        port.check("1.0", answer::set);
        await(() -> answer.get() != null);
        return answer.get() instanceof UpdateAnswer.Newer newer ? newer.version() : "none";
    }

    @Test
    void channel_system_and_minimum_version_select_the_offered_item() {
        String beta = "<sparkle:channel>beta</sparkle:channel>";
        publishFeed("<rss xmlns:sparkle=\"http://www.andymatuschak.org/xml-namespaces/sparkle\"><channel>"
                + item("1.1", "", "")
                + item("1.2", "", " sparkle:os=\"windows\"")
                + item(
                        "1.3",
                        "<sparkle:minimumSystemVersion>10.0.19045</sparkle:minimumSystemVersion>",
                        " sparkle:os=\"windows\"")
                + item("1.4", "", " sparkle:os=\"macos\"")
                + item("1.5", beta, "")
                + item("1.6", "<sparkle:minimumSystemVersion>soon</sparkle:minimumSystemVersion>", "")
                + item("1.7", "<sparkle:minimumSystemVersion>99</sparkle:minimumSystemVersion>", "")
                + item("1.8", "<sparkle:channel>alpha</sparkle:channel>", "")
                + "</channel></rss>\n");
        AppcastUpdates anybody = (AppcastUpdates) port();

        assertThat(offered(anybody)).isEqualTo("1.1");
        assertThat(offered(anybody.forSystem("Windows", "10.0"))).isEqualTo("1.2");
        assertThat(offered(anybody.forSystem("windows", "10.0.19045"))).isEqualTo("1.3");
        assertThat(offered(anybody.forSystem("windows", "11"))).isEqualTo("1.3");
        assertThat(offered(anybody.forSystem("macos", "14.2"))).isEqualTo("1.4");
        assertThat(offered(anybody.forSystem("linux", "6.1"))).isEqualTo("1.1");
        assertThat(offered(anybody.withChannels(Set.of("beta")))).isEqualTo("1.5");
        assertThat(offered(anybody.withChannels(Set.of("beta")).forSystem("windows", "11")))
                .isEqualTo("1.5");
        assertThatThrownBy(() -> anybody.forSystem("windows", "XP")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_page_that_is_not_https_is_not_offered() {
        publishFeed("<rss xmlns:sparkle=\"http://www.andymatuschak.org/xml-namespaces/sparkle\"><item>"
                + "<link>http://example.org/</link><sparkle:version>9</sparkle:version></item></rss>");

        assertThat(checked("1.0")).isEqualTo(new UpdateAnswer.UpToDate());
    }

    @Test
    void a_feed_in_the_clear_and_a_version_that_is_none_are_misuse() {
        assertThatThrownBy(() -> new AppcastUpdates(http, URI.create("http://example.org/a"), new byte[32]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> port().check("three", answer -> {})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_server_that_is_not_trusted_is_unreachable() {
        publish("3.2");
        List<UpdateAnswer> answers = new ArrayList<>();
        new AppcastUpdates(new OkHttpClient(), server.url("/appcast.xml").uri(), raw(publisher))
                .check("1.0", answer -> {
                    synchronized (answers) {
                        answers.add(answer);
                    }
                });
        await(() -> {
            synchronized (answers) {
                return !answers.isEmpty();
            }
        });

        assertThat(answers).containsExactly(new UpdateAnswer.Failed(Problem.UNREACHABLE));
    }

    private UpdateAnswer checked(String version) {
        AtomicReference<UpdateAnswer> answer = new AtomicReference<>();
        port().check(version, answer::set);
        await(() -> answer.get() != null);
        return answer.get();
    }

    private static byte[] signed(String xml, KeyPair keys) {
        try {
            byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(keys.getPrivate());
            signer.update(bytes);
            Buffer all = new Buffer();
            all.write(bytes);
            all.writeUtf8("<!-- sparkle-signatures:\nedSignature: "
                    + Base64.getEncoder().encodeToString(signer.sign()) + "\nlength: " + bytes.length + "\n-->\n");
            return all.readByteArray();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The key itself is the last 32 bytes of its encoding (RFC 8410). */
    private static byte[] raw(KeyPair keys) {
        byte[] encoded = keys.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }
}
