// SPDX-License-Identifier: Apache-2.0
/**
 * The SIP user agent core: accounts, requests with fail-over and authentication, and the policy for
 * incoming requests. Its classes are layered; each knows only those below it:
 *
 * <pre>
 *   SipStack                            one for a client: makes the rest
 *   UasCore, LateAnswer                 what comes in, and whose it is
 *   SipEndpoint                         one account
 *   AccountFlows, RegistrationFlow      over which flows it is registered, and which a request takes
 *   OutgoingRequest and its kinds       one request from its first attempt to its outcome; RequestPath is the way it goes
 *   AccountIdentity, SipContext         what all requests of an account, and of a client, carry and use
 *   OutboundFlow, DialogRouting         where flows lead, of a ServerList; KeepAlive and LivenessProbe keep them open
 *   DialogTable, EndpointContact, ...   values, tables, and the listeners that those above implement
 * </pre>
 */
@NullMarked
package com.techpro.callclient.stack.sip;

import org.jspecify.annotations.NullMarked;
