// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.provisioning;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.techpro.callclient.ports.net.DnsRecord;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.LoginContext;
import com.techpro.callclient.ports.phonesystem.LoginOutcome.Reason;
import com.techpro.callclient.stack.net.NumericHost;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the web servers that may belong to a user's phone system, by the domain of the e-mail
 * address alone:
 *
 * <ul>
 *   <li>SRV records for provisioning, in the manner of RFC 6186;
 *   <li>the servers that the domain's own web server names at a well-known place (RFC 8615);
 *   <li>the hosts that serve SIP for the domain (RFC 3263).
 * </ul>
 *
 * <p>Attackers can forge DNS answers, and names from unauthenticated look-ups are no reference
 * identities (RFC 6125 §6.2.1). So a name from DNS counts only if it is below the domain. The
 * domain's own web server may name any host, because its certificate names the domain. The class
 * never guesses a server: an organisation has others, which must not get the credentials.
 */
final class Discovery {
    private static final String SERVICE = "_callclient-provisioning._tcp.";
    private static final String WELL_KNOWN = "/.well-known/callclient-provisioning";
    private static final int MOST = 6;

    private final LoginContext context;
    private final ResolverDns dns;
    private final HttpsClient client;
    private final int httpsPort;
    private boolean failed;

    Discovery(LoginContext context, HttpsClient client) {
        this(context, client, 443);
    }

    Discovery(LoginContext context, HttpsClient client, int httpsPort) {
        this.context = context;
        this.httpsPort = httpsPort;
        this.client = client;
        this.dns = new ResolverDns(context.resolver());
    }

    /**
     * Returns the candidates in the order to try them; each has an address.
     *
     * @throws LoginRefusedException if there is none; its reason says whether the look-ups failed
     */
    List<HostPort> servers(Login login) throws LoginRefusedException {
        String domain = domain(login.user());
        if (domain == null) {
            throw new LoginRefusedException(
                    isIncomplete(login.user()) ? Reason.ADDRESS_INCOMPLETE : Reason.SERVER_NOT_FOUND);
        }
        if (!context.allow(List.of(new HostPort(domain, 0)))) {
            throw new LoginRefusedException(Reason.POLICY);
        }
        Set<HostPort> found = new LinkedHashSet<>();
        services(SERVICE + domain, domain, false, found);
        wellKnown(domain, found);
        // The host that serves SIP often serves the account too. Its port is SIP's, so only the
        // name is used.
        services("_sips._tcp." + domain, domain, true, found);
        services("_sip._tls." + domain, domain, true, found);
        List<HostPort> reachable = new ArrayList<>();
        for (HostPort candidate : found) {
            if (reachable.size() < MOST && context.allow(List.of(candidate)) && hasAddress(candidate.host())) {
                reachable.add(candidate);
            }
        }
        if (reachable.isEmpty()) {
            throw new LoginRefusedException(failed ? Reason.SERVER_UNREACHABLE : Reason.SERVER_NOT_FOUND);
        }
        return reachable;
    }

    private void services(String name, String domain, boolean standardPort, Set<HostPort> into) {
        List<DnsRecord.Srv> services = new ArrayList<>();
        try {
            for (DnsRecord record : dns.records(name, RecordType.SRV)) {
                if (record instanceof DnsRecord.Srv service && isBelow(service.target(), domain)) {
                    services.add(service);
                }
            }
        } catch (ResolverDns.LookupFailedException e) {
            failed = true;
        }
        services.sort(Comparator.comparingInt(DnsRecord.Srv::priority)
                .thenComparing(Comparator.comparingInt(DnsRecord.Srv::weight).reversed()));
        for (DnsRecord.Srv service : services) {
            try {
                into.add(new HostPort(service.target(), standardPort ? httpsPort : service.port()));
            } catch (IllegalArgumentException e) {
                failed = true;
            }
        }
    }

    /** Reads {@code {"server": "host:port"}} and ignores other documents. */
    private void wellKnown(String domain, Set<HostPort> into) {
        try {
            HttpAnswer answer = client.send("GET", new HostPort(domain, httpsPort), WELL_KNOWN, Map.of(), null);
            if (answer.status() == 200) {
                JsonObject json = JsonParser.parseString(new String(answer.body(), StandardCharsets.UTF_8))
                        .getAsJsonObject();
                HostPort server = HostPort.parse(json.get("server").getAsString());
                into.add(server.port() == 0 ? new HostPort(server.host(), httpsPort) : server);
            }
        } catch (LoginRefusedException e) {
            // Many domains have no web server, or one that serves other things.
            failed |= e.reason() == Reason.SERVER_UNREACHABLE;
        } catch (JsonParseException
                | IllegalStateException
                | IllegalArgumentException
                | UnsupportedOperationException
                | NullPointerException e) {
            // Another kind of document gives no server and is no failure.
            return;
        }
    }

    private boolean hasAddress(String host) {
        if (NumericHost.parse(host) != null) {
            return true;
        }
        try {
            return dns.records(host, RecordType.ADDRESS).stream().anyMatch(DnsRecord.Address.class::isInstance);
        } catch (ResolverDns.LookupFailedException e) {
            failed = true;
            return false;
        }
    }

    private static boolean isBelow(String target, String domain) {
        String name = target.toLowerCase(Locale.ROOT);
        return name.equals(domain) || name.endsWith("." + domain);
    }

    /** Whether the part before or after the at sign is missing. */
    static boolean isIncomplete(String user) {
        int at = user.lastIndexOf('@');
        return at <= 0 || at == user.length() - 1;
    }

    /** Returns the domain of an e-mail address in DNS's form; null if there is none. */
    private static @Nullable String domain(String user) {
        String domain = user.substring(user.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        boolean name = domain.matches("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]*[a-z][a-z0-9-]*");
        return user.indexOf('@') > 0 && name ? domain : null;
    }
}
