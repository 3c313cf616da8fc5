// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import com.techpro.callclient.engine.failure.Failure.MediaProblem;
import com.techpro.callclient.engine.internal.call.sdp.KeyOffers;
import com.techpro.callclient.engine.internal.call.sdp.MediaCapabilities;
import com.techpro.callclient.engine.internal.call.sdp.SessionDescription;
import com.techpro.callclient.ports.phonesystem.KeyExchange;
import com.techpro.callclient.ports.phonesystem.KeyingPolicy;
import com.techpro.callclient.stack.sip.message.SipResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why the far end refused our offer, if its response says so: by a description of its capabilities
 * (RFC 3261 §21.4.26), by a Warning (§20.43), or by a text. Texts of Warning and Reason are read.
 * Most responses say nothing, and then nothing is concluded.
 *
 * @param problem {@link MediaProblem#REFUSED} if nothing more specific is known
 * @param wanted the key exchanges in its description, empty if that is unencrypted; null if it has
 *     no description
 */
public record MediaRefusal(MediaProblem problem, @Nullable Set<KeyExchange> wanted) {
    private static final Pattern WARNING = Pattern.compile("(\\d{3}) +[^ \",]+ +\"([^\"]*+)\"");
    private static final Pattern TEXT = Pattern.compile("text *= *\"([^\"]*+)\"");
    private static final Pattern ENCRYPTION = Pattern.compile("\\b(srtp|savp|sdes|dtls|crypto|encrypt[a-z]*+)\\b");
    private static final Pattern INSISTS = Pattern.compile("\\b(required|only|mandatory|must)\\b");
    private static final Pattern CODEC = Pattern.compile("\\bcodecs?\\b");
    /** Upper case only: ice is also a word. */
    private static final Pattern ICE = Pattern.compile("\\bICE\\b");

    static MediaRefusal of(SessionDescription offer, SipResponse refusal) {
        SessionDescription able = MessageBodies.description(refusal);
        MediaProblem said = able == null ? null : MediaCapabilities.difference(offer, able);
        Set<KeyExchange> offered = MediaCapabilities.keys(offer);
        boolean encrypted = offered != null && !offered.isEmpty();
        if (said == null) {
            said = warned(refusal, encrypted);
        }
        return new MediaRefusal(
                said == null ? MediaProblem.REFUSED : said, able == null ? null : MediaCapabilities.keys(able));
    }

    /**
     * Returns the key exchanges to offer next.
     *
     * @param offered what was offered
     * @return null if the policy allows nothing else, or the refusal was not about keys
     */
    @Nullable
    Set<KeyExchange> instead(KeyingPolicy policy, Set<KeyExchange> offered) {
        boolean mayBeKeys = problem == MediaProblem.REFUSED
                || problem == MediaProblem.ENCRYPTION_REFUSED
                || problem == MediaProblem.ENCRYPTION_UNSUPPORTED;
        return mayBeKeys ? KeyOffers.instead(policy, offered, wanted) : null;
    }

    /** Returns the header that gives the reason of a refusal of ours, in the form that {@link #of} reads. */
    public static Map<String, String> warning(MediaProblem problem) {
        return switch (problem) {
            case NO_COMMON_CODEC -> Map.of("Warning", "305 callclient \"Incompatible media format\"");
            case ENCRYPTION_REFUSED -> Map.of("Warning", "399 callclient \"SRTP is required\"");
            case ENCRYPTION_UNSUPPORTED ->
                Map.of("Warning", "399 callclient \"SRTP with keys of another kind is required\"");
            default -> Map.of();
        };
    }

    private static @Nullable MediaProblem warned(SipResponse refusal, boolean encrypted) {
        List<String> texts = new ArrayList<>();
        for (String value : refusal.headers("Warning")) {
            Matcher warning = WARNING.matcher(value);
            while (warning.find()) {
                if (warning.group(1).equals("305")) {
                    return MediaProblem.NO_COMMON_CODEC;
                }
                if (warning.group(1).equals("302") && encrypted) {
                    // The profile is RTP/SAVP or UDP/TLS/RTP/SAVP.
                    return MediaProblem.ENCRYPTION_REFUSED;
                }
                texts.add(warning.group(2));
            }
        }
        for (String value : refusal.headers("Reason")) {
            Matcher reason = TEXT.matcher(value);
            if (reason.find()) {
                texts.add(reason.group(1));
            }
        }
        for (String text : texts) {
            MediaProblem said = said(text, encrypted);
            if (said != null) {
                return said;
            }
        }
        return null;
    }

    private static @Nullable MediaProblem said(String text, boolean encrypted) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (ENCRYPTION.matcher(lower).find()) {
            return !encrypted || INSISTS.matcher(lower).find()
                    ? MediaProblem.ENCRYPTION_UNSUPPORTED
                    : MediaProblem.ENCRYPTION_REFUSED;
        }
        if (ICE.matcher(text).find()) {
            return MediaProblem.ICE_REFUSED;
        }
        return CODEC.matcher(lower).find() ? MediaProblem.NO_COMMON_CODEC : null;
    }
}
