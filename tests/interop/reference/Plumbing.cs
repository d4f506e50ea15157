// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

using System.Buffers;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Primitives;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Tertulia.Interop;

/// <summary>A raw connection endpoint: no hub protocol, every byte comes back.</summary>
public sealed class EchoConnectionHandler : ConnectionHandler
{
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        while (true)
        {
            var read = await connection.Transport.Input.ReadAsync();
            if (!read.Buffer.IsEmpty)
            {
                await connection.Transport.Output.WriteAsync(read.Buffer.ToArray());
            }
            connection.Transport.Input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return;
            }
        }
    }
}

/// <summary>CORS for pages of any origin, with credentials.</summary>
public sealed class AnyOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var asked = context.Request.Headers;
        var answer = context.Response.Headers;
        if (!StringValues.IsNullOrEmpty(asked.Origin))
        {
            answer.AccessControlAllowOrigin = asked.Origin;
            answer.AccessControlAllowCredentials = "true";
            if (!StringValues.IsNullOrEmpty(asked.AccessControlRequestMethod))
            {
                answer.AccessControlAllowMethods = asked.AccessControlRequestMethod;
            }
            if (!StringValues.IsNullOrEmpty(asked.AccessControlRequestHeaders))
            {
                answer.AccessControlAllowHeaders = asked.AccessControlRequestHeaders;
            }
        }
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        return next(context);
    }
}

/// <summary>Every negotiate sets two living cookies and one that is already dead.</summary>
public sealed class NegotiateCookies(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (context.Request.Path.Value!.Contains("/negotiate", StringComparison.OrdinalIgnoreCase))
        {
            var cookies = context.Response.Cookies;
            cookies.Append("testCookie", "testValue");
            cookies.Append("testCookie2", "testValue2");
            cookies.Append("expiredCookie", "doesntmatter",
                new CookieOptions { Expires = DateTimeOffset.UtcNow.AddHours(-1) });
        }
        return next(context);
    }
}

/// <summary>/redirect, /echoredirect and /bad-negotiate: answers a proxy in front of a hub would give.</summary>
public sealed class Detours(RequestDelegate next)
{
    private int _redirects;

    public Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        if (path.StartsWithSegments("/redirect"))
        {
            var count = Interlocked.Increment(ref _redirects);
            var url = $"{context.Request.Query["baseUrl"]}/testHub?numRedirects={count}";
            return context.Response.WriteAsync($$"""{"url":"{{url}}"}""");
        }
        if (path.StartsWithSegments("/echoredirect", out var rest))
        {
            context.Response.Redirect($"/echo{rest}{context.Request.QueryString}", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        }
        if (path.StartsWithSegments("/bad-negotiate"))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsync("Some response from server");
        }
        return next(context);
    }
}

/// <summary>Tokens for /authorizedhub: signed with a key that lives as long as this process.</summary>
public static class Tokens
{
    private const string Party = "SignalRTestServer";
    private static readonly SymmetricSecurityKey Key = new(RandomNumberGenerator.GetBytes(32));

    public static readonly TokenValidationParameters Validation = new()
    {
        LifetimeValidator = (_, expires, _, _) => expires > DateTime.UtcNow,
        ValidateIssuer = false,
        ValidAudience = Party,
        IssuerSigningKey = Key,
    };

    public static string Generate() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Party,
        Audience = Party,
        Subject = new ClaimsIdentity([new Claim("sub", "testuser")]),
        Expires = DateTime.UtcNow.AddSeconds(5),
        SigningCredentials = new SigningCredentials(Key, SecurityAlgorithms.HmacSha256),
    });
}
