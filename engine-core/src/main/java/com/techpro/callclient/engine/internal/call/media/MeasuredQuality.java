// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.LossBursts;
import com.techpro.callclient.engine.call.PlayoutQuality;
import com.techpro.callclient.engine.call.QualitySample;
import com.techpro.callclient.engine.call.RemoteQuality;
import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.MediaStatistics;
import com.techpro.callclient.stack.media.quality.BurstMetrics;
import com.techpro.callclient.stack.media.quality.QualityHistory;
import com.techpro.callclient.stack.media.rtp.xr.VoipMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** A session's figures as the host reads them. */
final class MeasuredQuality {
    private static final double PERCENT_OF_256THS = 100.0 / 256;

    private MeasuredQuality() {}

    /** Returns null before the first measurement. */
    static @Nullable CallQuality of(String codec, @Nullable SrtpSuite suite, MediaStatistics figures) {
        Instant measured = figures.measured();
        if (measured == null) {
            return null;
        }
        return new CallQuality(
                codec,
                suite,
                new QualitySample(
                        measured,
                        figures.mos(),
                        figures.lossPercent(),
                        figures.jitter(),
                        figures.roundTrip(),
                        figures.bufferDelay()),
                new CallQuality.Sending(figures.packetsSent(), figures.reducedEffort()),
                new CallQuality.Receiving(
                        figures.packetsReceived(),
                        figures.late(),
                        figures.lost(),
                        figures.concealed(),
                        figures.framesLate(),
                        figures.interruption(),
                        bursts(figures.bursts(), figures.packetLength())),
                playout(figures),
                figures.remote() == null ? null : remote(figures.remote()),
                new Samples(figures.history()));
    }

    private static LossBursts bursts(BurstMetrics bursts, Duration packet) {
        return new LossBursts(
                100 * bursts.burstDensity(),
                times(packet, bursts.burstLength()),
                100 * bursts.gapDensity(),
                times(packet, bursts.gapLength()),
                bursts.burstRatio());
    }

    private static PlayoutQuality playout(MediaStatistics figures) {
        MediaStatistics.Played played = figures.played();
        return new PlayoutQuality(
                played.sound(),
                played.concealed(),
                played.concealments(),
                played.inserted(),
                played.removed(),
                played.meanDelay(),
                figures.recovered(),
                played.missed(),
                played.underruns());
    }

    private static Duration times(Duration packet, double packets) {
        return Duration.ofNanos(Math.round(packet.toNanos() * packets));
    }

    private static RemoteQuality remote(MediaStatistics.Remote remote) {
        VoipMetrics voip = remote.voip();
        return new RemoteQuality(
                remote.lossPercent(), remote.jitter(), remote.longestLoss(), voip == null ? null : voip(voip));
    }

    private static RemoteQuality.VoipMetrics voip(VoipMetrics theirs) {
        return new RemoteQuality.VoipMetrics(
                theirs.lossRate() * PERCENT_OF_256THS,
                theirs.discardRate() * PERCENT_OF_256THS,
                new LossBursts(
                        theirs.burstDensity() * PERCENT_OF_256THS,
                        Duration.ofMillis(theirs.burstMillis()),
                        theirs.gapDensity() * PERCENT_OF_256THS,
                        Duration.ofMillis(theirs.gapMillis()),
                        1),
                theirs.endSystemMillis() == 0 ? null : Duration.ofMillis(theirs.endSystemMillis()),
                Duration.ofMillis(theirs.nominalMillis()),
                score(theirs.listeningQuality()),
                score(theirs.conversationalQuality()));
    }

    /** Ten times a score from 1 to 5; anything else says nothing (RFC 3611 §4.7.5). */
    private static @Nullable Double score(int tenths) {
        return tenths < 10 || tenths > 50 ? null : tenths / 10.0;
    }

    /** Makes each sample when it is read, as few hosts read any. */
    private static final class Samples extends AbstractList<QualitySample> implements RandomAccess {
        private final QualityHistory history;

        Samples(QualityHistory history) {
            this.history = history;
        }

        @Override
        public QualitySample get(int index) {
            QualityHistory.Second second = history.get(index);
            return new QualitySample(
                    second.measured(),
                    second.mos(),
                    second.lossPercent(),
                    second.jitter(),
                    second.roundTrip(),
                    second.bufferDelay());
        }

        @Override
        public int size() {
            return history.size();
        }

        /** Short, as a snapshot is logged. */
        @Override
        public String toString() {
            return "[" + size() + " samples]";
        }
    }
}
