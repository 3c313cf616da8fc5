// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import gov.nist.core.NameValue;
import gov.nist.core.NameValueList;
import gov.nist.javax.sip.header.ViaList;
import gov.nist.javax.sip.parser.Lexer;
import gov.nist.javax.sip.parser.URLParser;
import gov.nist.javax.sip.parser.ViaParser;
import java.text.ParseException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The only user of jain-sip-ri. Its parsers are constructed directly: no factory, no reflection, no
 * log. Texts are first checked for what the parsers are known to mishandle, and results for what
 * they wrongly accept. A runtime exception from them is a rejection.
 */
final class JainGrammar {
    private JainGrammar() {}

    /** Parses a {@code sip} or {@code sips} URI whose characters have been checked. */
    static UriParts sipUri(String text) throws SipParseException {
        try {
            Lexer lexer = new Lexer("sip_urlLexer", text);
            gov.nist.javax.sip.address.SipUri uri = new URLParser(lexer).sipURL(true);
            if (lexer.hasMoreChars()) {
                throw new SipParseException("a SIP URI ends where its grammar ends");
            }
            String user = uri.getUser();
            if (user == null && text.indexOf('@') >= 0) {
                throw new SipParseException("a SIP URI with an at sign has a user part");
            }
            return new UriParts(
                    text.substring(0, text.indexOf(':')),
                    user == null ? null : UriEscape.unescape(user),
                    host(uri.getHost()),
                    port(uri.getPort()),
                    map(uri.getParameters(), true),
                    map(uri.getQheaders(), false));
        } catch (ParseException e) {
            throw new SipParseException("not a SIP URI");
        } catch (RuntimeException e) {
            throw fault(e);
        }
    }

    /**
     * Parses one Via value. The library reads protocol and sent-by. This code reads the parameters,
     * because the library keeps the last of two and accepts any number. The library never gets
     * comments, as it misses the end of one with a bracket and a backslash.
     */
    static Via via(String text, boolean onlyVersion2) throws SipParseException {
        if (text.indexOf('(') >= 0 || text.indexOf('\\') >= 0) {
            throw new SipParseException("a Via holds no comment");
        }
        int semicolon = text.indexOf(';');
        int end = semicolon < 0 ? text.length() : semicolon;
        for (int i = 0; i < end; i++) {
            // With non-ASCII characters the library runs past the end of the text.
            if (text.charAt(i) > '~' || (text.charAt(i) < ' ' && text.charAt(i) != '\t')) {
                throw new SipParseException("a Via names its protocol and sender in ASCII");
            }
        }
        Map<String, String> params = Parameters.parse(text, end);
        if (params.containsKey("rport")
                && !"".equals(params.get("rport"))
                && Grammar.number(String.valueOf(params.get("rport")), 65535) < 1) {
            throw new SipParseException("rport is a port or empty");
        }
        Via plain = PlainGrammar.via(text, end, params);
        return plain == null ? sentBy(text.substring(0, end), params, onlyVersion2) : plain;
    }

    /** Adds protocol and sender, as the library reads them, to the parameters. */
    static Via sentBy(String text, Map<String, String> params, boolean onlyVersion2) throws SipParseException {
        try {
            ViaList list = (ViaList) new ViaParser("Via: " + text + "\n").parse();
            var via = (gov.nist.javax.sip.header.Via) list.getFirst();
            if (list.size() != 1
                    || !"SIP".equalsIgnoreCase(via.getSentProtocol().getProtocolName())) {
                throw new SipParseException("a Via names the SIP protocol");
            }
            if (onlyVersion2 && !"2.0".equals(via.getProtocolVersion())) {
                throw new SipParseException(Rejection.VERSION, "a Via names SIP version 2.0");
            }
            return new Via(via.getTransport(), host(via.getHost()), port(via.getPort()), params);
        } catch (ParseException e) {
            throw new SipParseException("not a Via");
        } catch (RuntimeException e) {
            throw fault(e);
        }
    }

    private static String host(@Nullable String host) throws SipParseException {
        if (host == null || host.isEmpty() || host.length() > 255) {
            throw new SipParseException("a host has a name");
        }
        for (int i = 0; i < host.length(); i++) {
            if (host.charAt(i) <= ' ' || host.charAt(i) > '~') {
                throw new SipParseException("a host name is visible ASCII");
            }
        }
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return (bracketed ? host.substring(1, host.length() - 1) : host).toLowerCase(Locale.ROOT);
    }

    private static int port(int port) throws SipParseException {
        if (port > 65535 || port == 0) {
            throw new SipParseException("a port is 1 to 65535");
        }
        return Math.max(port, 0);
    }

    private static Map<String, String> map(@Nullable NameValueList list, boolean lowerCase) throws SipParseException {
        if (list == null || list.isEmpty()) {
            return Map.of();
        }
        if (list.size() > MessageLimits.DEFAULT.parameters()) {
            throw new SipParseException(Rejection.TOO_MANY_VALUES, "too many URI parameters");
        }
        Map<String, String> map = new LinkedHashMap<>();
        for (Iterator<NameValue> i = list.iterator(); i.hasNext(); ) {
            NameValue pair = i.next();
            String name = UriEscape.unescape(pair.getName());
            String value = pair.getValue() == null ? "" : UriEscape.unescape(pair.getValue());
            map.put(lowerCase ? name.toLowerCase(Locale.ROOT) : name, value);
        }
        return map;
    }

    private static SipParseException fault(RuntimeException e) {
        return new SipParseException(Rejection.PARSER_FAULT, e.getClass().getSimpleName());
    }
}
