// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.party;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipUri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is calling, as INVITEs of real phone systems say it. */
class CallerIdentityTest {
    private static final String FROM = "\"Alice\" <sip:1001@pbx.test>;tag=1";
    private static final String ANONYMOUS = "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                // From alone
                "\"Alice\" <sip:1001@pbx.test>;tag=1 | - | - | Alice | 1001",
                "<sip:+49-30-123456@pbx.test;user=phone>;tag=1 | - | - | - | +4930123456",
                "<sip:(030)123-456@pbx.test;user=phone>;tag=1 | - | - | - | 030123456",
                "<sip:front-desk@pbx.test>;tag=1 | - | - | - | front-desk",
                "<sip:+12125551212;ext=77@pbx.test;user=phone>;tag=1 | - | - | - | +12125551212;ext=77",
                "<tel:+1-212-555-1212;ext=77>;tag=1 | - | - | - | +12125551212;ext=77",
                "<tel:7042;phone-context=example.com>;tag=1 | - | - | - | 7042;phone-context=example.com",
                "<tel:863-1234;phone-context=+1-914-555>;tag=1 | - | - | - | 8631234;phone-context=+1914555",
                "\"Nobody\" <sip:unavailable@unknown.invalid>;tag=1 | - | - | Nobody | ``",
                // Asserted
                "\"Old\" <sip:9@pbx.test>;tag=1 | P-Asserted-Identity: \"Alice\" <sip:1001@pbx.test> | - | Alice |"
                        + " 1001",
                "<sip:9@pbx.test>;tag=1 | P-Asserted-Identity: \"Al\" <sip:al@pbx.test>, <tel:+4930123456> | - | Al |"
                        + " +4930123456",
                "\"Alice\" <sip:1001@pbx.test>;tag=1 | P-Asserted-Identity: <sip:1001@pbx.test> | - | Alice | 1001",
                "\"Forged\" <sip:9@pbx.test>;tag=1 | P-Asserted-Identity: <sip:1001@pbx.test> | - | - | 1001",
                "\"Alice\" <sip:1001@pbx.test>;tag=1 | P-Asserted-Identity: <<>> | - | Alice | 1001",
                "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=1 | P-Asserted-Identity: <tel:+4930123456> |"
                        + " Privacy: none | - | +4930123456",
                // Remote-Party-ID
                "<sip:9@pbx.test>;tag=1 | Remote-Party-ID: \"Alice\""
                        + " <sip:1001@pbx.test>;party=calling;screen=yes;privacy=off | - | Alice | 1001",
                "<sip:9@pbx.test>;tag=1 | Remote-Party-ID: \"Alice\" <sip:1001@pbx.test>;party=calling;privacy=name |"
                        + " - | - | 1001",
                "<sip:9@pbx.test>;tag=1 | Remote-Party-ID: \"Alice\" <sip:1001@pbx.test>;party=calling;screen=no | - |"
                        + " - | 9",
                "<sip:9@pbx.test>;tag=1 | Remote-Party-ID: \"Bob\" <sip:1002@pbx.test>;party=called | - | - | 9",
            })
    void the_caller_is(String from, String one, String other, String name, String user) {
        PartyIdentity caller = CallerIdentity.of(invite(from, one, other), true);

        assertThat(caller.withheld()).isFalse();
        assertThat(caller.displayName()).isEqualTo(name);
        assertThat(caller.user()).isEqualTo(user);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                ANONYMOUS + " | - | -",
                ANONYMOUS + " | P-Asserted-Identity: \"Alice\" <tel:+4930123456> | Privacy: id",
                ANONYMOUS + " | P-Asserted-Identity: \"Alice\" <tel:+4930123456> | -",
                FROM + " | P-Asserted-Identity: \"Alice\" <sip:1001@pbx.test> | Privacy: id;critical",
                FROM + " | P-Asserted-Identity: \"Alice\" <sip:1001@pbx.test> | Privacy: header, ID",
                FROM + " | - | Privacy: user",
                FROM + " | P-Asserted-Identity: <sip:anonymous@pbx.test> | -",
                FROM + " | Remote-Party-ID: \"Alice\" <sip:1001@pbx.test>;party=calling;privacy=full | -",
                FROM + " | Remote-Party-ID: \"Alice\" <sip:1001@pbx.test>;party=calling;privacy=uri | -",
                "\"anonymous\" <sip:Anonymous@pbx.test>;tag=1 | - | -",
            })
    void C5_a_withheld_number_stays_withheld(String from, String one, String other) {
        PartyIdentity caller = CallerIdentity.of(invite(from, one, other), true);

        assertThat(caller).isEqualTo(PartyIdentity.anonymous(caller.domain()));
    }

    @Test
    void only_the_phone_system_itself_can_vouch_for_a_caller() {
        SipRequest invite =
                invite(FROM, "P-Asserted-Identity: \"Boss\" <sip:1@pbx.test>", "Remote-Party-ID: <sip:2@pbx.test>");

        assertThat(CallerIdentity.of(invite, false)).isEqualTo(new PartyIdentity("Alice", "1001", "pbx.test"));
    }

    @Test
    void a_name_cannot_play_tricks_on_a_screen() throws Exception {
        NameAddr address = NameAddr.parse("\"\u202Eecila\u2066\u0007 " + "x".repeat(500) + "\" <sip:1@pbx.test>");

        assertThat(RemoteParty.of(address).displayName()).startsWith("ecila x").hasSize(80);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "- | - | -",
                "Diversion: <sip:2000@pbx.test>;reason=user-busy | - | 2000",
                "Diversion: <sip:2001@pbx.test>;reason=no-answer, \"Sales\" <tel:+4930123456>;reason=unconditional | -"
                        + " | +4930123456",
                "Diversion: <sip:2000@pbx.test>;privacy=full | - | -",
                "Diversion: <sip:2000@pbx.test>;privacy=off | - | 2000",
                "Diversion: <sip:1002@pbx.test>;reason=unknown | - | -",
                "History-Info: <sip:2000@pbx.test>;index=1,"
                        + " <sip:1002@10.0.0.2?Reason=SIP%3Bcause%3D302>;index=1.1;rc=1 | - | 2000",
                "History-Info: <sip:1002@10.0.0.2>;index=1.1;rc=1, <sip:2000@pbx.test>;index=1 | - | 2000",
                "History-Info: <sip:2000@pbx.test?Privacy=history>;index=1, <sip:1002@10.0.0.2>;index=1.1;rc=1 | - | -",
                "History-Info: <sip:1002@pbx.test>;index=1 | - | -",
                "History-Info: <sip:1002@pbx.test>;index=1, <sip:1002@10.0.0.2>;index=1.1;rc=1 | - | -",
                "History-Info: <sip:3000@pbx.test>;index=1, <sip:1002@10.0.0.2>;index=1.1 | Diversion:"
                        + " <sip:2000@pbx.test> | 3000",
                "History-Info: <sip:anonymous@anonymous.invalid>;index=1, <sip:1002@10.0.0.2>;index=1.1 | - | -",
            })
    void the_originally_called_party_comes_from_History_Info_or_Diversion(String one, String other, String user) {
        PartyIdentity party = Diversions.originallyCalled(invite(FROM, one, other), "1002");

        assertThat(party == null ? null : party.user()).isEqualTo(user);
    }

    /** As a phone system calls that connects two by a click: it has no number of its own. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "<sip:pbx.test>;tag=1 | - | pbx.test",
                "\"\" <sip:pbx.test>;tag=1 | - | pbx.test",
                "\"Click to dial\" <sip:pbx.test>;tag=1 | - | Click to dial",
                "<sip:pbx.test>;tag=1 | P-Asserted-Identity: <sip:pbx.test> | pbx.test",
                "<sip:1003@pbx.test>;tag=1 | P-Asserted-Identity: <sip:pbx.test> | 1003",
                "<sip:1003@pbx.test>;tag=1 | Remote-Party-ID: \"\" <sip:pbx.test>;party=calling | 1003",
                "<sip:unavailable@unknown.invalid>;tag=1 | - | unknown.invalid"
            })
    void a_caller_without_a_number_has_something_to_show(String from, String header, String shown) {
        assertThat(Caller.of(CallerIdentity.of(invite(from, header), true)).display())
                .isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "P-Asserted-Identity: <sip:pbx.test>",
                "Remote-Party-ID: <sip:pbx.test>;party=called",
                "P-Asserted-Identity: \"\" <sip:pbx.test>"
            })
    void an_identity_without_a_user_does_not_replace_the_connected_party(String header) {
        assertThat(CallerIdentity.connected(invite(FROM, header))).isNull();
    }

    private static SipRequest invite(String from, String... headers) {
        SipRequest.Builder builder = SipRequest.builder("INVITE", SipUri.of("sip:1002@10.0.0.2"))
                .from(address(from))
                .to(NameAddr.of(SipUri.of("sip:1002@pbx.test")))
                .callId("a@b")
                .cseq(1, "INVITE");
        for (String header : headers) {
            if (header != null) {
                int colon = header.indexOf(": ");
                builder.add(header.substring(0, colon), header.substring(colon + 2));
            }
        }
        return builder.build();
    }

    private static NameAddr address(String text) {
        try {
            return NameAddr.parse(text);
        } catch (SipParseException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
