// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The focus as phones see it that share no code with it: Contact, conference documents, REFER. */
class ConferenceOnTheWireTest {
    private static final String PBX = "10.0.0.1";
    private static final String INFO = "urn:ietf:params:xml:ns:conference-info";

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final Runnable aSecond = () -> time.advance(Duration.ofSeconds(1));
    private EmbeddedPbx pbx;
    private PlainPhone alice;
    private PlainPhone bob;

    @BeforeEach
    void start() throws IOException {
        pbx = EmbeddedPbx.builder()
                .address(PBX)
                .extension("1001", "a")
                .extension("1002", "b")
                .random(Seeds.random(1))
                .port(SipTransport.UDP, 5060)
                .start(network.host(PBX), time);
        alice = phone("1001", "10.0.0.11", "a");
        bob = phone("1002", "10.0.0.12", "b");
    }

    @AfterEach
    void stop() {
        pbx.hangUpAll();
        time.advance(Duration.ofSeconds(40));
        assertThat(pbx.state().activeCalls()).isZero();
        assertThat(pbx.state().mediaPorts()).isZero();
        pbx.close();
        List.of(alice, bob).forEach(PlainPhone::close);
        assertThat(network.openLinks()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void only_a_room_with_a_focus_has_isfocus_in_its_Contact() {
        String ok = join(alice, "8000", "10.0.0.11", "a");
        String plain = join(bob, "8002", "10.0.0.12", "b");

        assertThat(PlainPhone.headerOf(ok, "Contact")).isEqualTo("<sip:8000@10.0.0.1:5060>;isfocus");
        assertThat(PlainPhone.headerOf(plain, "Contact")).doesNotContain("isfocus");
    }

    @Test
    void the_first_document_is_full_and_the_next_ones_tell_the_changes() {
        join(bob, "8000", "10.0.0.12", "b");
        subscribe(alice, "8000", "a");

        Document full = document(notifies(alice).get(0));
        assertThat(full.getDocumentElement().getAttribute("state")).isEqualTo("full");
        assertThat(full.getDocumentElement().getAttribute("version")).isEqualTo("0");
        assertThat(full.getDocumentElement().getAttribute("entity")).isEqualTo("sip:8000@pbx.test");
        assertThat(text(full, "user-count")).isEqualTo("1");
        assertThat(users(full)).containsExactly("sip:1002@pbx.test full");
        assertThat(text(full, "status")).isEqualTo("connected");
        assertThat(text(full, "joining-method")).isEqualTo("dialed-in");
        assertThat(text(full, "when")).isNotEmpty();
        assertThat(((Element) elements(full, "endpoint").item(0)).getAttribute("entity"))
                .isEqualTo("sip:1002@10.0.0.12:5060");

        String ok = join(alice, "8000", "10.0.0.11", "a");
        Document joined = document(notifies(alice).get(1));
        assertThat(joined.getDocumentElement().getAttribute("state")).isEqualTo("partial");
        assertThat(joined.getDocumentElement().getAttribute("version")).isEqualTo("1");
        assertThat(users(joined)).containsExactly("sip:1001@pbx.test full");
        assertThat(text(joined, "user-count")).isEqualTo("2");

        alice.inDialog("BYE", ok, "");
        aSecond.run();
        Document left = document(notifies(alice).get(2));
        assertThat(left.getDocumentElement().getAttribute("version")).isEqualTo("2");
        assertThat(users(left)).containsExactly("sip:1001@pbx.test deleted");
    }

    @Test
    void a_room_without_a_focus_has_no_such_event() {
        subscribe(alice, "8002", "a");

        assertThat(alice.lastStatus()).isEqualTo(489);
        assertThat(PlainPhone.headerOf(alice.last(), "Allow-Events")).doesNotContain("conference");
    }

    @Test
    void the_roster_is_withheld_until_the_pin_is_entered() {
        subscribe(alice, "8001", "a");

        String notify = notifies(alice).get(0);
        assertThat(PlainPhone.headerOf(notify, "Subscription-State")).isEqualTo("pending");
        assertThat(PlainPhone.bodyOf(notify)).isEmpty();
    }

    @Test
    void refer_adds_a_participant_and_reports_the_progress() {
        bob.register("b", aSecond);
        String ok = join(alice, "8000", "10.0.0.11", "a");

        refer(alice, ok, "<sip:1002@pbx.test>");
        assertThat(alice.statuses()).contains(202);
        assertThat(sipfrags(alice)).containsExactly("SIP/2.0 100 Trying");
        String invite = bob.requests("INVITE").get(0);
        assertThat(PlainPhone.headerOf(invite, "From")).contains("sip:8000@pbx.test");
        assertThat(PlainPhone.headerOf(invite, "Contact")).endsWith(";isfocus");
        bob.reply(invite, 180, "");
        aSecond.run();
        assertThat(pbx.room("8000").participants().get(1).status()).isEqualTo("alerting");
        bob.reply(invite, 200, sdp("10.0.0.12"));
        aSecond.run();

        assertThat(sipfrags(alice)).containsExactly("SIP/2.0 100 Trying", "SIP/2.0 180 Ringing", "SIP/2.0 200 OK");
        assertThat(PlainPhone.headerOf(referNotifies(alice).get(2), "Subscription-State"))
                .startsWith("terminated");
        assertThat(bob.requests("ACK")).hasSize(1);
        assertThat(pbx.room("8000").has("1002")).isTrue();
    }

    @Test
    void refer_with_bye_removes_a_participant() {
        String ok = join(alice, "8000", "10.0.0.11", "a");
        join(bob, "8000", "10.0.0.12", "b");

        refer(alice, ok, "<sip:1002@pbx.test;method=BYE>");

        assertThat(sipfrags(alice)).containsExactly("SIP/2.0 100 Trying", "SIP/2.0 200 OK");
        assertThat(bob.requests("BYE")).hasSize(1);
        assertThat(pbx.room("8000").has("1002")).isFalse();
    }

    @Test
    void only_the_owner_of_a_room_removes_others_from_it_and_only_participants_bring_them() {
        String ok = join(alice, "factory", "10.0.0.11", "a");
        String address = PlainPhone.headerOf(ok, "Contact");
        assertThat(address).endsWith(";isfocus");
        String number = address.replaceAll("^<sip:|@.*$", "");
        String joined = join(bob, number, "10.0.0.12", "b");

        refer(bob, joined, "<sip:1001@pbx.test;method=BYE>");
        assertThat(bob.statuses()).contains(403);
        assertThat(pbx.room(number).has("1001")).isTrue();

        refer(alice, ok, "<sip:1002@pbx.test;method=BYE>");
        assertThat(pbx.room(number).has("1002")).isFalse();
    }

    @Test
    void nobody_outside_a_room_brings_others_into_it() {
        alice.received().clear();
        alice.send(
                alice.request("REFER", "sip:8000@pbx.test", "out-1", "Refer-To: <sip:1002@pbx.test>", contact(alice)));
        aSecond.run();
        assertThat(alice.lastStatus()).isEqualTo(401);
        alice.send(alice.request(
                "REFER",
                "sip:8000@pbx.test",
                "out-1",
                "Refer-To: <sip:1002@pbx.test>",
                contact(alice),
                alice.authorization("REFER", "sip:8000@pbx.test", "a", "MD5", 1)));
        aSecond.run();

        assertThat(alice.lastStatus()).isEqualTo(403);
    }

    @Test
    void documents_go_wrong_as_the_script_says() {
        var faults = pbx.faults().conference();
        faults.document("8000").to("1001").times(1).partial();
        faults.document("8000").to("1001").times(1).skipVersion();
        faults.document("8000").to("1001").times(1).repeat();
        faults.document("8000").to("1001").times(1).oldVersion();
        faults.document("8000").to("1001").times(1).oversize(20_000);
        faults.document("8000").to("1001").times(1).truncate();
        subscribe(alice, "8000", "a");
        String ok = join(bob, "8000", "10.0.0.12", "b");
        for (int i = 0; i < 4; i++) {
            pbx.room("8000").mute("1002", i % 2 == 0);
            aSecond.run();
        }
        bob.inDialog("BYE", ok, "");
        aSecond.run();

        List<String> documents =
                notifies(alice).stream().map(PlainPhone::bodyOf).toList();
        assertThat(documents.stream().map(ConferenceOnTheWireTest::stateAndVersion))
                .containsExactly(
                        "partial 0",
                        "partial 2",
                        "partial 3",
                        "partial 3",
                        "partial 3",
                        "partial 4",
                        "partial 5",
                        "partial 6");
        assertThat(documents.get(5)).hasSizeGreaterThan(20_000);
        assertThat(documents.get(6)).doesNotContain("</conference-info>");
        assertThat(documents.get(7)).contains("state=\"deleted\"");
    }

    private PlainPhone phone(String number, String address, String password) throws IOException {
        PlainPhone phone = new PlainPhone(number, address, network.host(address), new InetSocketAddress(PBX, 5060))
                .answering("NOTIFY")
                .answering("BYE");
        phone.register(password, aSecond);
        return phone;
    }

    private String join(PlainPhone phone, String room, String address, String password) {
        List<String> before = new ArrayList<>(phone.received());
        phone.dial(room, password, sdp(address), aSecond);
        String ok = phone.received().stream()
                .filter(message -> PlainPhone.statusOf(message) == 200 && message.contains(" INVITE"))
                .findFirst()
                .orElseThrow();
        phone.inDialog("ACK", ok, "");
        aSecond.run();
        // dial() forgets what came before it.
        phone.received().addAll(0, before);
        return ok;
    }

    private void subscribe(PlainPhone phone, String room, String password) {
        String uri = "sip:" + room + "@pbx.test";
        String[] lines = {"Event: conference", "Accept: application/conference-info+xml", "Expires: 600", contact(phone)
        };
        phone.send(phone.request("SUBSCRIBE", uri, "sub-" + room, lines));
        aSecond.run();
        List<String> more = new ArrayList<>(List.of(lines));
        more.add(phone.authorization("SUBSCRIBE", uri, password, "MD5", 1));
        phone.received().clear();
        phone.send(phone.request("SUBSCRIBE", uri, "sub-" + room, more.toArray(String[]::new)));
        aSecond.run();
    }

    private void refer(PlainPhone phone, String ok, String target) {
        phone.received().clear();
        phone.inDialog("REFER", ok, "", "Refer-To: " + target);
        aSecond.run();
    }

    private static String contact(PlainPhone phone) {
        return "Contact: <sip:phone@" + phone.host() + ">";
    }

    private static List<String> notifies(PlainPhone phone) {
        return phone.requests("NOTIFY").stream()
                .filter(message -> message.contains("Event: conference"))
                .toList();
    }

    private static List<String> referNotifies(PlainPhone phone) {
        return phone.requests("NOTIFY").stream()
                .filter(message -> message.contains("Event: refer"))
                .toList();
    }

    private static List<String> sipfrags(PlainPhone phone) {
        return referNotifies(phone).stream()
                .map(message -> PlainPhone.bodyOf(message).trim())
                .toList();
    }

    private static String stateAndVersion(String document) {
        Matcher root = Pattern.compile("<conference-info[^>]* state=\"(\\w+)\" version=\"(\\d+)\"")
                .matcher(document);
        assertThat(root.find()).isTrue();
        return root.group(1) + " " + root.group(2);
    }

    private static Document document(String notify) {
        assertThat(PlainPhone.headerOf(notify, "Content-Type")).isEqualTo("application/conference-info+xml");
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder()
                    .parse(new ByteArrayInputStream(PlainPhone.bodyOf(notify).getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static NodeList elements(Document document, String name) {
        return document.getElementsByTagNameNS(INFO, name);
    }

    private static String text(Document document, String name) {
        return elements(document, name).item(0).getTextContent();
    }

    private static List<String> users(Document document) {
        List<String> users = new ArrayList<>();
        NodeList found = elements(document, "user");
        for (int i = 0; i < found.getLength(); i++) {
            Element user = (Element) found.item(i);
            users.add(user.getAttribute("entity") + " " + user.getAttribute("state"));
        }
        return users;
    }

    private static String sdp(String address) {
        return "v=0\r\no=- 1 1 IN IP4 " + address + "\r\ns=-\r\nc=IN IP4 " + address + "\r\nt=0 0\r\n"
                + "m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=sendrecv\r\n";
    }
}
