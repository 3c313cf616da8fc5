// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.net.NumericHost;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.message.Via;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Contacts under which a registrar may have bindings of one account. A binding that was
 * replaced, because its connection died or its address changed, would receive calls until it
 * expires; the next REGISTER removes it (RFC 3261 §10.2.2). Not for registrars that keep one
 * binding per flow, which replace it by themselves (RFC 5626 §6). Belongs to the loop.
 */
final class RegisteredContacts {
    private static final int MOST = 4;

    /** First as sent, then as the registrar may have rewritten it; empty before the first REGISTER. */
    private List<SipUri> current = List.of();

    private List<SipUri> replaced = List.of();

    /** Returns all of them, the newest last. */
    List<SipUri> all() {
        return newest(replaced, current);
    }

    /** Adds Contacts of an earlier run, which are replaced. */
    void restore(List<SipUri> earlier) {
        replaced = newest(earlier, replaced);
    }

    /**
     * A REGISTER is about to be sent.
     *
     * @param contact the Contact that it binds or removes
     * @return the Contacts that it removes besides; never one that is equal to it
     */
    List<SipUri> sending(SipUri contact) {
        if (current.isEmpty() || !current.get(0).equals(contact)) {
            replaced = newest(replaced, current);
            current = List.of(contact);
        }
        List<SipUri> removed = new ArrayList<>(replaced);
        removed.removeIf(contact::equals);
        return removed;
    }

    /**
     * The REGISTER was accepted.
     *
     * @param via of the answer: says which address the registrar, or a proxy before it, saw
     * @param listed the account's Contacts in the answer
     * @return whether the one in use may have been removed with the others, because the registrar
     *     rewrites all to one address: the answer lists none but those
     */
    boolean accepted(Via via, List<SipUri> listed) {
        SipUri sent = current.get(0);
        boolean removed =
                !replaced.isEmpty() && listed.stream().allMatch(each -> replaced.contains(each) && !each.equals(sent));
        List<SipUri> names = distinct(distinct(List.of(sent), List.of(seen(sent, via))), listed);
        current = List.copyOf(names.subList(0, Math.min(MOST, names.size())));
        replaced = List.of();
        return removed;
    }

    /** Returns whether the refused REGISTER removed others; the next one does not. */
    boolean refused() {
        boolean any = !replaced.isEmpty();
        replaced = List.of();
        return any;
    }

    void clear() {
        current = List.of();
        replaced = List.of();
    }

    /** RFC 3581 §4: returns the Contact with the address from which the request came. */
    private static SipUri seen(SipUri sent, Via via) {
        InetAddress received = via.received() == null ? null : NumericHost.parse(via.received());
        int port = via.rport() > 0 ? via.rport() : sent.port();
        SipUri seen = SipUri.of(
                sent.scheme(), sent.user(), received == null ? sent.host() : NumericHost.text(received), port);
        for (Map.Entry<String, String> param : sent.params().entrySet()) {
            seen = seen.withParam(param.getKey(), param.getValue());
        }
        return seen;
    }

    private static List<SipUri> newest(List<SipUri> older, List<SipUri> newer) {
        List<SipUri> all = distinct(older, newer);
        return List.copyOf(all.subList(Math.max(0, all.size() - MOST), all.size()));
    }

    private static List<SipUri> distinct(List<SipUri> some, List<SipUri> more) {
        List<SipUri> all = new ArrayList<>(some);
        for (SipUri each : more) {
            if (!all.contains(each)) {
                all.add(each);
            }
        }
        return all;
    }
}
