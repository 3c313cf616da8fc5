// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.media;

import com.techpro.callclient.engine.call.CallDirection;
import com.techpro.callclient.engine.call.CallSnapshot;
import com.techpro.callclient.stack.media.MediaStatistics;
import com.techpro.callclient.stack.media.quality.BurstMetrics;
import com.techpro.callclient.stack.media.rtp.xr.VoipMetrics;
import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The report of a call's quality at its end (RFC 6035 §4.6, {@code CallTerm}). It names what the
 * RFC requires: the call, the two addresses without display names, and the addresses of the media,
 * all of which the phone system has seen in the signalling. It leaves out what identifies devices,
 * such as MAC addresses.
 */
public final class QualityReport {
    public static final String EVENT = "vq-rtcpxr";
    public static final String CONTENT_TYPE = "application/vq-rtcpxr";

    private static final double PERCENT_OF_256THS = 100.0 / 256;
    /** What our software is, and nothing about this installation. */
    private static final String LOCAL_GROUP = "callclient";

    private final StringBuilder text = new StringBuilder();

    private QualityReport() {}

    /** Returns null if the call was not answered. */
    public static @Nullable String of(Dialog dialog, CallSnapshot call, MeasuredMedia media) {
        Instant answered = call.answered();
        Instant ended = call.ended();
        VoipMetrics overall = media.figures().overall();
        if (answered == null || ended == null || overall == null) {
            return null;
        }
        QualityReport report = new QualityReport();
        report.session(dialog, call.direction(), media);
        report.local(answered, ended, media, overall);
        MediaStatistics.Remote remote = media.figures().remote();
        if (remote != null && remote.voip() != null) {
            report.remote(answered, ended, media, remote.voip());
        }
        report.dialog(dialog, call.direction());
        return report.text.toString();
    }

    private void session(Dialog dialog, CallDirection direction, MeasuredMedia media) {
        String local = address(dialog.local().uri());
        String remote = address(dialog.remote().uri());
        line("VQSessionReport: CallTerm");
        line("CallID: " + dialog.id().callId());
        line("LocalID: " + local);
        line("RemoteID: " + remote);
        line("OrigID: " + (direction == CallDirection.OUTGOING ? local : remote));
        line("LocalGroup: " + LOCAL_GROUP);
        line("RemoteGroup: unknown");
        Integer source = media.figures().remoteSsrc();
        line("LocalAddr: " + address(media.local(), media.figures().ssrc()));
        line("RemoteAddr: " + address(media.remote(), source == null ? 0 : source));
    }

    private static String address(SipUri uri) {
        return "<" + SipUri.of(uri.scheme(), uri.user(), uri.host(), uri.port()).encode() + ">";
    }

    private static String address(InetSocketAddress address, int ssrc) {
        return String.format(
                Locale.ROOT,
                "IP=%s PORT=%d SSRC=0x%08x",
                address.getAddress().getHostAddress().replaceFirst("%.*", ""),
                address.getPort(),
                ssrc);
    }

    private void local(Instant answered, Instant ended, MeasuredMedia media, VoipMetrics overall) {
        BurstMetrics bursts = media.figures().bursts();
        line("LocalMetrics:");
        timestamps(answered, ended);
        description(media);
        buffer(overall);
        line("PacketLoss: NLR=%.1f JDR=%.1f", 100 * bursts.lossRate(), 100 * bursts.discardRate());
        line(
                "BurstGapLoss: BLD=%.1f BD=%d GLD=%.1f GD=%d GMIN=%d",
                100 * bursts.burstDensity(),
                overall.burstMillis(),
                100 * bursts.gapDensity(),
                overall.gapMillis(),
                overall.gmin());
        delay(overall, media.figures().jitter().toMillis());
        estimate(overall);
    }

    private void remote(Instant answered, Instant ended, MeasuredMedia media, VoipMetrics theirs) {
        line("RemoteMetrics:");
        timestamps(answered, ended);
        description(media);
        buffer(theirs);
        line(
                "PacketLoss: NLR=%.1f JDR=%.1f",
                theirs.lossRate() * PERCENT_OF_256THS, theirs.discardRate() * PERCENT_OF_256THS);
        line(
                "BurstGapLoss: BLD=%.1f BD=%d GLD=%.1f GD=%d GMIN=%d",
                theirs.burstDensity() * PERCENT_OF_256THS,
                theirs.burstMillis(),
                theirs.gapDensity() * PERCENT_OF_256THS,
                theirs.gapMillis(),
                theirs.gmin());
        delay(theirs, -1);
        estimate(theirs);
    }

    private void timestamps(Instant answered, Instant ended) {
        line("Timestamps: START=" + answered.truncatedTo(ChronoUnit.SECONDS) + " STOP="
                + ended.truncatedTo(ChronoUnit.SECONDS));
    }

    private void description(MeasuredMedia media) {
        line(
                "SessionDesc: PT=%d PD=%s SR=%d FD=%d PPS=%d PLC=3 SSUP=off",
                media.format().payloadType(),
                media.format().encodingName(),
                media.format().codec().clockRate(),
                media.packetMillis(),
                1000 / Math.max(1, media.packetMillis()));
    }

    private void buffer(VoipMetrics metrics) {
        line(
                "JitterBuffer: JBA=%d JBR=%d JBN=%d JBM=%d JBX=%d",
                metrics.receiverConfiguration() >> 4 & 3,
                metrics.receiverConfiguration() & 0xF,
                metrics.nominalMillis(),
                metrics.mostMillis(),
                metrics.absoluteMostMillis());
    }

    /** @param jitterMillis interarrival jitter; negative if it is not known */
    private void delay(VoipMetrics metrics, long jitterMillis) {
        StringBuilder known = new StringBuilder("Delay:");
        if (metrics.roundTripMillis() > 0) {
            known.append(" RTD=").append(metrics.roundTripMillis());
        }
        if (metrics.endSystemMillis() > 0) {
            known.append(" ESD=").append(metrics.endSystemMillis());
        }
        if (jitterMillis >= 0) {
            known.append(" IAJ=").append(jitterMillis);
        }
        line(known.toString());
    }

    private void estimate(VoipMetrics metrics) {
        StringBuilder known = new StringBuilder("QualityEst:");
        if (metrics.rating() <= 100) {
            known.append(" RCQ=").append(metrics.rating());
        }
        score(known, " MOSLQ=", metrics.listeningQuality());
        score(known, " MOSCQ=", metrics.conversationalQuality());
        line(known.append(" QoEEstAlg=G.107").toString());
    }

    private static void score(StringBuilder to, String name, int tenths) {
        if (tenths >= 10 && tenths <= 50) {
            to.append(name).append(String.format(Locale.ROOT, "%.1f", tenths / 10.0));
        }
    }

    /** The tags as in the INVITE: From is the caller's. */
    private void dialog(Dialog dialog, CallDirection direction) {
        boolean ours = direction == CallDirection.OUTGOING;
        String from = ours ? dialog.id().localTag() : dialog.id().remoteTag();
        String to = ours ? dialog.id().remoteTag() : dialog.id().localTag();
        line("DialogID: " + dialog.id().callId() + ";to-tag=" + to + ";from-tag=" + from);
    }

    private void line(String line) {
        text.append(line).append("\r\n");
    }

    private void line(String format, Object... values) {
        line(String.format(Locale.ROOT, format, values));
    }
}
