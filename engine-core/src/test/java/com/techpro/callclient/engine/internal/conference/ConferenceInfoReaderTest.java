// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.conference;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.conference.ConferenceInfo.Endpoint;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.State;
import com.techpro.callclient.engine.internal.conference.ConferenceInfo.User;
import com.techpro.callclient.testkit.helpers.Corpus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading conference-info documents: the elements of RFC 4575 §5, what is left out, and what is refused. */
class ConferenceInfoReaderTest {
    @Test
    void a_full_document() {
        ConferenceInfo info = read(seed("full.xml"));

        assertThat(info).isNotNull();
        assertThat(info.state()).isEqualTo(State.FULL);
        assertThat(info.version()).isEqualTo(1);
        assertThat(info.subject()).isEqualTo("Weekly");
        assertThat(info.userCount()).isEqualTo(2);
        assertThat(info.users().users())
                .extracting(User::entity)
                .containsExactly("sip:1001@pbx.test", "sip:1002@pbx.test");
        User anna = info.users().users().get(0);
        assertThat(anna.displayText()).isEqualTo("Anna");
        Endpoint desk = anna.endpoints().get(0);
        assertThat(desk.status()).isEqualTo("connected");
        assertThat(desk.joined()).isEqualTo(Instant.parse("2026-03-04T19:00:00Z"));
        assertThat(desk.media().get(0).source()).as("an SSRC uses all 32 bits").isEqualTo(-1);
        assertThat(info.users().users().get(1).endpoints().get(0).status()).isEqualTo("on-hold");
    }

    @Test
    void a_partial_document_says_which_elements_change() {
        ConferenceInfo info = read(seed("partial.xml"));

        assertThat(info).isNotNull();
        assertThat(info.state()).isEqualTo(State.PARTIAL);
        assertThat(info.users().state()).isEqualTo(State.PARTIAL);
        assertThat(info.users().users())
                .extracting(User::state)
                .containsExactly(State.PARTIAL, State.DELETED, State.FULL);
    }

    @Test
    void prefixes_do_not_matter_and_extensions_are_passed_over() {
        ConferenceInfo info = read(seed("prefixed-with-extension.xml"));

        assertThat(info).isNotNull();
        assertThat(info.version()).isEqualTo(7);
        assertThat(info.users().users()).extracting(User::entity).containsExactly("sip:a@b");
    }

    @Test
    void a_declaration_is_refused_before_a_parser_sees_it() {
        assertThat(read(seed("entity-bomb.xml"))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<conference-info version='1'/>",
                "<conference-info xmlns='urn:ietf:params:xml:ns:conference-info'/>",
                "<conference-info xmlns='urn:ietf:params:xml:ns:conference-info' version='-1'/>",
                "<conference-info xmlns='urn:ietf:params:xml:ns:conference-info' version='4294967296'/>",
                "<conference-info xmlns='urn:ietf:params:xml:ns:conference-info' version='1' state='half'/>",
                "<conference-info xmlns='urn:ietf:params:xml:ns:conference-info' version='1'><users"
                        + " state='x'/></conference-info>",
                "<other xmlns='urn:ietf:params:xml:ns:conference-info' version='1'/>"
            })
    void an_invalid_conference_document_is_refused(String document) {
        assertThat(read(document)).isNull();
    }

    @Test
    void size_depth_and_number_of_users_are_bounded() {
        assertThat(read(document("<!--" + "x".repeat(70_000) + "-->"))).isNull();
        assertThat(read(document("<a>".repeat(20) + "</a>".repeat(20)))).isNull();
        assertThat(read(document("<users>" + "<user entity='a'/>".repeat(1_001) + "</users>")))
                .isNull();
        assertThat(read(document("<users>" + "<user entity='a'/>".repeat(1_000) + "</users>")))
                .isNotNull();
    }

    @Test
    void nothing_of_a_document_is_printed() {
        ConferenceInfo info = read(seed("full.xml"));

        assertThat(info + "" + info.users() + info.users().users() + ConferenceState.EMPTY.after(info))
                .doesNotContain("1001", "Anna", "192.0.2");
    }

    private static String document(String content) {
        return "<conference-info xmlns='urn:ietf:params:xml:ns:conference-info' version='1'>" + content
                + "</conference-info>";
    }

    private static @Nullable ConferenceInfo read(String document) {
        return ConferenceInfoReader.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static String seed(String name) {
        for (Path seed : Corpus.of(ConferenceInfoFuzzTest.class, "any_bytes")) {
            if (seed.endsWith(name)) {
                try {
                    return Files.readString(seed);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
        }
        throw new AssertionError("no such seed: " + name);
    }
}
