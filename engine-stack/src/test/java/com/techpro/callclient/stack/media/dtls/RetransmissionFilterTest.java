// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What BouncyCastle does on a machine of any speed, and what of that goes out (RFC 6347 §4.2.4). */
class RetransmissionFilterTest {
    private static final int CERTIFICATE = 11;
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int SEQUENCE_END = 10;

    private final RetransmissionFilter filter = new RetransmissionFilter();

    private static byte[] record(int type, int epoch, String content) {
        int length = content.length() / 2;
        return HexFormat.of()
                .parseHex(String.format("%02xfefd%04x%012x%04x%s", type, epoch, 0x7700 + length, length, content));
    }

    private static byte[] message(int type, int sequence) {
        return record(22, 0, String.format("%02x000001%04x00000000000100", type, sequence));
    }

    private static byte[] changeCipherSpec() {
        return record(20, 0, "01");
    }

    private static byte[] finished() {
        return record(22, 1, "00".repeat(40));
    }

    private static byte[] alert(int epoch) {
        return record(21, epoch, "0228");
    }

    /** A client that has sent its second flight. */
    private void secondFlight() {
        assertThat(filter.takes(message(CLIENT_HELLO, 0))).isTrue();
        filter.given(message(SERVER_HELLO, 0));
        assertThat(filter.takes(message(CERTIFICATE, 1))).isTrue();
        assertThat(filter.takes(changeCipherSpec())).isTrue();
        assertThat(filter.takes(finished())).isTrue();
    }

    private void secondFlightAgain(boolean goesOut) {
        assertThat(filter.takes(message(CERTIFICATE, 1))).isEqualTo(goesOut);
        assertThat(filter.takes(changeCipherSpec())).isEqualTo(goesOut);
        assertThat(filter.takes(finished())).isEqualTo(goesOut);
    }

    @Test
    void a_flight_goes_out_again_when_nothing_came() {
        secondFlight();
        filter.nothingCame();
        secondFlightAgain(true);
    }

    @Test
    void and_when_theirs_has_come_again() {
        secondFlight();
        filter.given(message(SERVER_HELLO, 0));
        secondFlightAgain(true);
    }

    @Test
    void not_for_their_change_of_ciphers() {
        secondFlight();
        filter.given(changeCipherSpec());
        secondFlightAgain(false);
    }

    /** It comes before the change, or is forged. */
    @Test
    void an_undecryptable_record_triggers_no_retransmission() {
        secondFlight();
        filter.given(finished());
        secondFlightAgain(false);
    }

    /** The ciphers have changed, so that BouncyCastle throws it away. */
    @Test
    void nor_for_their_flight_when_their_ciphers_have_changed() {
        secondFlight();
        filter.given(changeCipherSpec());
        filter.given(message(SERVER_HELLO, 0));
        secondFlightAgain(false);
        filter.nothingCame();
        secondFlightAgain(true);
    }

    /** A change of ciphers that came too early, or was forged, changes nothing. */
    @Test
    void new_handshake_messages_always_pass() {
        assertThat(filter.takes(message(CLIENT_HELLO, 0))).isTrue();
        filter.given(changeCipherSpec());
        assertThat(filter.takes(message(CLIENT_HELLO, 0))).isFalse();
        filter.given(message(SERVER_HELLO, 0));
        assertThat(filter.takes(message(CERTIFICATE, 1))).isTrue();
    }

    /** A server's, of which nothing is sent before. */
    @Test
    void a_last_flight_goes_out() {
        filter.given(message(CLIENT_HELLO, 0));
        assertThat(filter.takes(message(SERVER_HELLO, 0))).isTrue();
        filter.given(finished());
        assertThat(filter.takes(changeCipherSpec())).isTrue();
        assertThat(filter.takes(finished())).isTrue();
    }

    @Test
    void an_alert_is_sent_even_if_a_retransmission_is_suppressed() {
        secondFlight();
        filter.given(changeCipherSpec());
        secondFlightAgain(false);
        assertThat(filter.takes(alert(0))).isTrue();
        assertThat(filter.takes(alert(1))).isTrue();
    }

    @Test
    void plain_records_are_numbered_without_gaps_and_encrypted_ones_left_unchanged() {
        byte[] first = message(CLIENT_HELLO, 0);
        assertThat(filter.takes(first)).isTrue();
        filter.given(changeCipherSpec());
        assertThat(filter.takes(message(CLIENT_HELLO, 0))).isFalse();
        filter.nothingCame();
        byte[] second = message(CLIENT_HELLO, 0);
        assertThat(filter.takes(second)).isTrue();
        assertThat(first).startsWith(22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 0, 0, 13);
        assertThat(second).startsWith(22, 254, 253, 0, 0, 0, 0, 0, 0, 0, 1, 0, 13);
        byte[] encrypted = finished();
        assertThat(filter.takes(encrypted)).isTrue();
        assertThat(encrypted).isEqualTo(finished());
        assertThat(encrypted[SEQUENCE_END]).isEqualTo((byte) 0x28);
    }
}
