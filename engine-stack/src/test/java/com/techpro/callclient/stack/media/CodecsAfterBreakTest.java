// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.Encoder;
import com.techpro.callclient.stack.media.codec.G722;
import com.techpro.callclient.stack.media.codec.Opus;
import com.techpro.callclient.stack.media.codec.PayloadFormat;
import com.techpro.callclient.stack.media.codec.SyntheticSpeech;
import com.techpro.callclient.stack.media.rtp.RtpPacket;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the codecs of the two ends remember of each other when sound has been missed. What is heard is compared with what an encoder and a decoder make of the same speech, sample by
 * sample.
 */
class CodecsAfterBreakTest {
    private static final int NUMBER = 96;
    private static final int KEYS = 101;
    private static final long SLOT = 20_000_000;
    private static final InetSocketAddress FAR = new InetSocketAddress("192.0.2.1", 4000);
    /** Packets before a break, without sound, and after it. */
    private static final int BEFORE = 4;

    private static final int HELD = 3;
    private static final int AFTER = 6;
    /** Packets of what is heard after a break that are compared. */
    private static final int COMPARED = 3;

    private static final int PACKETS = 100;

    /** The far end is often told first that it talks again: then some packets come before anything is due. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void Opus_loses_nothing_whichever_packet_it_goes_on_with_after_a_hold(int early) {
        List<Integer> wrong = new ArrayList<>();
        for (int resumed = BEFORE + HELD; resumed + early + AFTER < PACKETS; resumed++) {
            Way way = new Way(Opus.INSTANCE, resumed - HELD - BEFORE);
            way.talk(BEFORE);
            way.hold(HELD);
            way.talk(early);
            way.expectSound();
            way.talk(AFTER);
            Pair pair = new Pair(Opus.INSTANCE);
            pair.decoded(resumed, early);
            if (!way.heard(pair.decoded(resumed + early, COMPARED))) {
                wrong.add(resumed);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_far_end_that_talks_on_while_it_is_held_is_understood_at_once_afterwards() {
        Way way = new Way(Opus.INSTANCE, 20);
        way.receiver.expects(false);
        way.due = false;
        way.talk(BEFORE);
        way.expectSound();
        way.talk(AFTER);

        Pair pair = new Pair(Opus.INSTANCE);
        pair.decoded(20, BEFORE);
        assertThat(way.heard(pair.decoded(20 + BEFORE, COMPARED))).isTrue();
    }

    /** Decoding Opus takes a hundred times as long as dropping it: a flood would take the processor. */
    @Test
    void nothing_is_decoded_while_held_and_no_more_than_the_latest_packets_afterwards() {
        AtomicInteger decodes = new AtomicInteger();
        Way way = new Way(new Counted(decodes), 20);
        way.receiver.expects(false);
        way.due = false;
        way.talk(1);
        way.flood(1, 5_000);
        assertThat(decodes).hasValue(0);

        way.expectSound();
        way.talk(AFTER);

        assertThat(decodes.get()).isBetween(1, PendingPackets.MOST + AFTER);
    }

    @Test
    void of_a_flood_that_is_heard_no_more_is_decoded_than_twice_as_fast_as_it_is_played() {
        AtomicInteger decodes = new AtomicInteger();
        Way way = new Way(new Counted(decodes), 20);
        way.talk(BEFORE);
        decodes.set(0);
        for (int slot = 0; slot < 50; slot++) {
            way.flood(1 + 20 * slot, 20);
            way.skip(1);
        }
        assertThat(decodes.get()).isBetween(25, 100);
    }

    @Test
    void after_a_long_hold_sound_follows_from_the_latest_packets_before_it() {
        Way way = new Way(Opus.INSTANCE, 20);
        way.talk(BEFORE);
        way.receiver.expects(false);
        way.due = false;
        way.talk(50);
        way.expectSound();
        way.talk(AFTER);

        Pair pair = new Pair(Opus.INSTANCE);
        int resumed = 20 + BEFORE + 50;
        pair.encode(20, resumed - PendingPackets.MOST - 20);
        pair.decoded(resumed - PendingPackets.MOST, PendingPackets.MOST);
        assertThat(way.heard(pair.decoded(resumed, COMPARED))).isTrue();
    }

    @Test
    void a_source_that_changes_its_number_begins_Opus_anew_and_so_does_its_listener() {
        Way way = new Way(Opus.INSTANCE, 20);
        way.talk(BEFORE);
        way.sender.changeSsrc();
        way.talk(AFTER + 3);

        assertThat(way.heard(new Pair(Opus.INSTANCE).decoded(20 + BEFORE, COMPARED)))
                .isTrue();
    }

    @Test
    void another_source_is_decoded_as_if_nobody_had_been_heard_before() {
        Way way = new Way(Opus.INSTANCE, 20);
        way.talk(BEFORE);
        way.skip(5);
        way.sender = way.newSender();
        way.talk(AFTER);

        assertThat(way.heard(new Pair(Opus.INSTANCE).decoded(25 + BEFORE, COMPARED)))
                .isTrue();
    }

    @Test
    void speech_after_keys_begins_Opus_anew() {
        Way way = new Way(Opus.INSTANCE, 20);
        way.talk(BEFORE);
        way.sender.press('5', Duration.ofMillis(60));
        way.talk(10);

        int first = way.keys.lastIndexOf(true) + 1;
        assertThat(way.keys.indexOf(true)).isEqualTo(BEFORE);
        assertThat(way.payloads.get(first)).isEqualTo(new Pair(Opus.INSTANCE).encoded(way.saidIn.get(first), 1));
    }

    /** Its steps follow those before (ITU-T G.722 §3.6): after a hold they are still about right. */
    @Test
    void G722_keeps_its_state_across_a_hold() {
        Way way = new Way(G722.INSTANCE, 20);
        way.talk(BEFORE);
        way.hold(HELD);
        way.expectSound();
        way.talk(AFTER);

        // What was waiting to be played when it was held was never decoded.
        assertThat(IntStream.rangeClosed(1, BEFORE)).anyMatch(decoded -> {
            Pair pair = new Pair(G722.INSTANCE);
            pair.decoded(20, decoded);
            pair.encode(20 + decoded, BEFORE - decoded);
            return way.heard(pair.decoded(20 + BEFORE + HELD, COMPARED));
        });
    }

    @Test
    void loss_reports_before_a_hold_reach_the_encoder_after_it() {
        Way way = new Way(Opus.INSTANCE, 20);
        Pair pair = new Pair(Opus.INSTANCE);
        EncoderHints hints = new EncoderHints(pair.encoder);
        way.talk(BEFORE);
        for (int i = 0; i < 10; i++) {
            way.sender.lossReported(30);
            hints.reported(30);
        }
        way.hold(HELD);
        way.talk(1);

        assertThat(way.payloads.get(BEFORE)).isEqualTo(pair.encoded(20 + BEFORE + HELD, 1));
    }

    /** Opus whose decodings are counted. */
    private record Counted(AtomicInteger decodes) implements Codec {
        @Override
        public String encodingName() {
            return Opus.INSTANCE.encodingName();
        }

        @Override
        public int clockRate() {
            return Opus.INSTANCE.clockRate();
        }

        @Override
        public int sampleRate() {
            return Opus.INSTANCE.sampleRate();
        }

        @Override
        public boolean beginsCleanly() {
            return Opus.INSTANCE.beginsCleanly();
        }

        @Override
        public Impairment impairment() {
            return Opus.INSTANCE.impairment();
        }

        @Override
        public Encoder newEncoder(String fmtp) {
            return Opus.INSTANCE.newEncoder(fmtp);
        }

        @Override
        public Decoder newDecoder() {
            Decoder decoder = Opus.INSTANCE.newDecoder();
            return new Decoder() {
                @Override
                public Codec codec() {
                    return Counted.this;
                }

                @Override
                public int samples(byte[] payload, int offset, int length) {
                    return decoder.samples(payload, offset, length);
                }

                @Override
                public int decode(byte[] payload, int offset, short[] to, int toOffset, int length) {
                    decodes.incrementAndGet();
                    return decoder.decode(payload, offset, to, toOffset, length);
                }
            };
        }
    }

    private static short[] speech(Codec codec, int packet) {
        short[] whole = Speech.AT_48_KHZ;
        int frame = codec.sampleRate() / 50;
        int step = SyntheticSpeech.RATE / codec.sampleRate();
        short[] samples = new short[frame];
        for (int i = 0; i < frame; i++) {
            samples[i] = whole[(packet * frame + i) * step % whole.length];
        }
        return samples;
    }

    private static final class Speech {
        private static final short[] AT_48_KHZ = SyntheticSpeech.samples(4);
    }

    /** An encoder and a decoder, one packet after the other. */
    private static final class Pair {
        private final Codec codec;
        private final Encoder encoder;
        private Decoder decoder;

        Pair(Codec codec) {
            this.codec = codec;
            encoder = codec.newEncoder("");
            decoder = codec.newDecoder();
        }

        void encode(int from, int count) {
            for (int packet = from; packet < from + count; packet++) {
                encoded(packet, 1);
            }
        }

        byte[] encoded(int from, int count) {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            for (int packet = from; packet < from + count; packet++) {
                byte[] payload = new byte[1_500];
                short[] said = speech(codec, packet);
                octets.write(payload, 0, encoder.encode(said, 0, payload, 0, said.length));
            }
            return octets.toByteArray();
        }

        short[] decoded(int from, int count) {
            int frame = codec.sampleRate() / 50;
            short[] heard = new short[count * frame];
            for (int packet = 0; packet < count; packet++) {
                byte[] payload = encoded(from + packet, 1);
                decoder.decode(payload, 0, heard, packet * frame, payload.length);
            }
            return heard;
        }
    }

    /** From a microphone to a speaker, a packet each 20 ms. */
    private static final class Way {
        private final Codec codec;
        private final MediaParameters parameters;
        private final AudioReceiver receiver;
        private final List<byte[]> payloads = new ArrayList<>();
        /** Of each payload, whether it is a key's, and which packet of the speech was spoken last. */
        private final List<Boolean> keys = new ArrayList<>();

        private final List<Integer> saidIn = new ArrayList<>();
        private final List<ByteBuffer> sent = new ArrayList<>();
        private AudioSender sender;
        private short[] played = new short[0];
        /** The header of the latest packet. */
        private byte[] latest = new byte[0];

        private int packet;
        private long now;
        private int senders;
        private boolean due = true;

        Way(Codec codec, int from) {
            this.codec = codec;
            this.packet = from;
            PayloadFormat format = format();
            SrtpKeys keysOfBoth = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, Seeds.random(1));
            parameters = new MediaParameters(FAR, null, format, KEYS, MediaDirection.SENDRECV, keysOfBoth, keysOfBoth);
            receiver = new AudioReceiver(new DropCounters(), format, (digit, length) -> {});
            sender = newSender();
            receiver.expects(true);
            receiver.playback(codec.sampleRate()).fill(new short[codec.sampleRate() / 50]);
        }

        private PayloadFormat format() {
            return codec.staticPayloadType() == Codec.DYNAMIC
                    ? new PayloadFormat(codec, NUMBER)
                    : PayloadFormat.ofStatic(codec);
        }

        AudioSender newSender() {
            return new AudioSender(
                    Seeds.random(++senders),
                    format(),
                    new OutgoingPackets(() -> false, () -> ByteBuffer.allocate(1_500), sent::add));
        }

        void talk(int packets) {
            for (int i = 0; i < packets; i++) {
                slot(parameters);
            }
        }

        void hold(int packets) {
            receiver.expects(false);
            due = false;
            for (int i = 0; i < packets; i++) {
                slot(parameters.withDirection(MediaDirection.INACTIVE));
            }
        }

        void expectSound() {
            due = true;
            receiver.expects(true);
        }

        /** Nothing is sent, and is yet to be heard. */
        void skip(int packets) {
            for (int i = 0; i < packets; i++) {
                packet++;
                now += SLOT;
                play();
            }
        }

        /** The far end goes on with its latest payload, all within one slot. */
        void flood(int first, int packets) {
            byte[] payload = payloads.get(payloads.size() - 1);
            for (int i = first; i < first + packets; i++) {
                ByteBuffer datagram =
                        ByteBuffer.allocate(1_500).put(latest, 0, 12).put(payload);
                datagram.putShort(2, (short) (datagram.getShort(2) + i));
                datagram.putInt(4, datagram.getInt(4) + i * codec.clockUnits(codec.sampleRate() / 50));
                datagram.flip();
                RtpPacket view = new RtpPacket();
                assertThat(view.wrap(datagram)).isTrue();
                receiver.received(
                        due ? parameters : parameters.withDirection(MediaDirection.SENDONLY), view, datagram, FAR, now);
            }
        }

        private void slot(MediaParameters agreed) {
            sender.capture(codec.sampleRate()).captured(speech(codec, packet++));
            now += SLOT;
            sender.serve(agreed, now);
            for (ByteBuffer datagram : sent) {
                RtpPacket view = new RtpPacket();
                assertThat(view.wrap(datagram)).isTrue();
                int start = datagram.arrayOffset() + view.payloadStart();
                latest = Arrays.copyOf(datagram.array(), start);
                payloads.add(Arrays.copyOfRange(datagram.array(), start, start + view.payloadLength()));
                keys.add(view.payloadType() == KEYS);
                saidIn.add(packet - 1);
                receiver.received(
                        due ? parameters : parameters.withDirection(MediaDirection.SENDONLY), view, datagram, FAR, now);
            }
            sent.clear();
            play();
        }

        private void play() {
            receiver.serve(parameters, now);
            for (long slot = MediaLoop.SLOT_NANOS; slot < SLOT; slot += MediaLoop.SLOT_NANOS) {
                receiver.serveSpeaker(now + slot);
            }
            short[] frame = new short[codec.sampleRate() / 50];
            receiver.playback(codec.sampleRate()).fill(frame);
            played = Arrays.copyOf(played, played.length + frame.length);
            System.arraycopy(frame, 0, played, played.length - frame.length, frame.length);
        }

        /** Whether just this was played, but for the silence that it begins with. */
        boolean heard(short[] sound) {
            int first = 0;
            while (sound[first] == 0) {
                first++;
            }
            for (int at = 0; at + sound.length - first <= played.length; at++) {
                if (Arrays.mismatch(played, at, at + sound.length - first, sound, first, sound.length) < 0) {
                    return true;
                }
            }
            return false;
        }
    }
}
