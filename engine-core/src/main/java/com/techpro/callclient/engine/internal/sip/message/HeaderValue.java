// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.message;

/** A header value whose structure the stack relies on, and which {@link HeaderField} therefore reads. */
interface HeaderValue {}
