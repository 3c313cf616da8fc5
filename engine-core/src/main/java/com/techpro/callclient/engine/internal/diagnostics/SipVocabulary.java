// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.diagnostics;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of SIP and SDP that are the same for everybody, so that a trace may show them. Any
 * other word could be a name.
 */
final class SipVocabulary {
    private static final Set<String> METHODS = words(
            "ACK BYE CANCEL INFO INVITE MESSAGE NOTIFY OPTIONS PRACK PUBLISH REFER" + " REGISTER SUBSCRIBE UPDATE");

    /** In lower case. */
    private static final Set<String> TOKENS =
            words("ack bye cancel info invite message notify options prack publish refer register"
                    + " subscribe update"
                    // option tags
                    + " 100rel answermode early-session eventlist from-change gruu histinfo ice in-dialog join multiple-refer norefersub"
                    + " outbound path policy precondition pref privacy recipient-list-invite record-aware replaces resource-priority"
                    + " sdp-anat sec-agree siprec tdialog timer uui"
                    // bodies
                    + " application/sdp application/pidf+xml application/dialog-info+xml application/conference-info+xml"
                    + " application/simple-message-summary application/dtmf-relay application/dtmf application/media_control+xml"
                    + " application/reginfo+xml application/rlmi+xml multipart/mixed multipart/related text/plain text/html"
                    + " message/sipfrag message/cpim application/im-iscomposing+xml */* identity gzip"
                    // event packages and the states of subscriptions
                    + " message-summary conference presence dialog reg talk hold check-sync presence.winfo active pending terminated"
                    + " deactivated probation rejected timeout giveup noresource invariant"
                    // parameters
                    + " udp tcp tls ws wss uac uas phone user-busy no-answer unconditional deflection unavailable time-of-day"
                    + " do-not-disturb follow-me out-of-service away unknown off yes no full uri name none id header session critical"
                    + " user calling called render required optional handling normal urgent emergency non-urgent sip q.850 true false"
                    + " auth auth-int md5 md5-sess sha-256 sha-256-sess sha-512-256 digest early-only from-tag to-tag");

    /** As written in messages; the keys are in lower case. */
    private static final Map<String, String> HEADERS =
            names("Accept Accept-Contact Accept-Encoding Accept-Language Alert-Info Allow"
                    + " Allow-Events Authentication-Info Authorization Call-ID Call-Info Contact Content-Disposition Content-Encoding"
                    + " Content-Language Content-Length Content-Type CSeq Date Diversion Error-Info Event Expires Flow-Timer From"
                    + " Geolocation History-Info Identity Identity-Info In-Reply-To Join Max-Forwards MIME-Version Min-Expires Min-SE"
                    + " Organization P-Access-Network-Info P-Asserted-Identity P-Associated-URI P-Called-Party-ID P-Preferred-Identity"
                    + " Path Priority Privacy Proxy-Authenticate Proxy-Authorization Proxy-Require RAck Reason Record-Route Refer-Sub"
                    + " Refer-To Referred-By Reject-Contact Remote-Party-ID Replaces Reply-To Request-Disposition Require Retry-After"
                    + " Route RSeq Security-Client Security-Server Security-Verify Server Service-Route Session-Expires Session-ID"
                    + " SIP-ETag SIP-If-Match Subject Subscription-State Supported Target-Dialog Timestamp To Unsupported User-Agent"
                    + " User-to-User Via Warning WWW-Authenticate");

    private static final Map<String, String> COMPACT = new HashMap<>();

    static {
        for (String pair :
                ("a=Accept-Contact b=Referred-By c=Content-Type d=Request-Disposition e=Content-Encoding f=From i=Call-ID"
                                + " j=Reject-Contact k=Supported l=Content-Length m=Contact n=Identity-Info o=Event r=Refer-To s=Subject"
                                + " t=To u=Allow-Events v=Via x=Session-Expires y=Identity")
                        .split(" ", -1)) {
            COMPACT.put(pair.substring(0, 1), pair.substring(2));
        }
    }

    private static final Set<String> ATTRIBUTES =
            words("sendrecv sendonly recvonly inactive rtcp-mux rtcp-rsize ice-lite group mid"
                    + " setup ssrc-group bundle-only end-of-candidates");

    private static final Set<String> CODECS =
            words("pcmu pcma g722 g729 g723 g726-32 gsm ilbc speex opus l16 amr amr-wb evs silk"
                    + " telephone-event cn red comfort-noise vp8 h264 h263 h263-1998 h265 av1");

    private static final Set<String> SUITES =
            words("AES_CM_128_HMAC_SHA1_80 AES_CM_128_HMAC_SHA1_32 AES_256_CM_HMAC_SHA1_80"
                    + " AES_256_CM_HMAC_SHA1_32 AES_192_CM_HMAC_SHA1_80 AES_192_CM_HMAC_SHA1_32 AEAD_AES_128_GCM AEAD_AES_256_GCM"
                    + " F8_128_HMAC_SHA1_80");

    private SipVocabulary() {}

    private static Set<String> words(String list) {
        return new HashSet<>(Arrays.asList(list.split(" ", -1)));
    }

    private static Map<String, String> names(String list) {
        Map<String, String> names = new HashMap<>();
        List.of(list.split(" ", -1)).forEach(name -> names.put(name.toLowerCase(Locale.ROOT), name));
        return names;
    }

    static String method(String word) {
        return METHODS.contains(word) ? word : "?";
    }

    static boolean knows(String token) {
        return TOKENS.contains(token.toLowerCase(Locale.ROOT));
    }

    /** Returns the header's full name, or null for one that is not in this list. */
    static @Nullable String header(String name) {
        String full = COMPACT.get(name.toLowerCase(Locale.ROOT));
        return full != null ? full : HEADERS.get(name.toLowerCase(Locale.ROOT));
    }

    static boolean isFlagAttribute(String name) {
        return ATTRIBUTES.contains(name);
    }

    static boolean isCodec(String encoding) {
        return CODECS.contains(encoding.toLowerCase(Locale.ROOT));
    }

    static boolean isCryptoSuite(String suite) {
        return SUITES.contains(suite);
    }
}
