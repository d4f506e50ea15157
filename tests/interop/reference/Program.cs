// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The test hub on the real ASP.NET Core SignalR. It answers one question for every scenario of this
// directory: "is that really how SignalR behaves?" Our own testhub must then behave the same.

using System.Globalization;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Tertulia.Interop;

var listen = "127.0.0.1:0";
var fastTimings = false;
for (var i = 0; i < args.Length; i++)
{
    switch (args[i])
    {
        case "--listen" when i + 1 < args.Length: listen = args[++i]; break;
        case "--fast-timings": fastTimings = true; break;
        default:
            Console.Error.WriteLine("usage: Reference [--listen 127.0.0.1:PORT] [--fast-timings]");
            return 2;
    }
}

var builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders(); // standard output belongs to the one "listening" line
builder.WebHost.UseUrls($"http://{listen}");

builder.Services
    .AddSignalR(options =>
    {
        options.EnableDetailedErrors = true;
        if (fastTimings)
        {
            options.KeepAliveInterval = TimeSpan.FromSeconds(1);
            options.ClientTimeoutInterval = TimeSpan.FromSeconds(2);
            options.HandshakeTimeout = TimeSpan.FromSeconds(1);
        }
    })
    .AddJsonProtocol(options => options.PayloadSerializerOptions.PropertyNamingPolicy = null)
    .AddMessagePackProtocol();

if (fastTimings)
{
    builder.Services.Configure<ConnectionOptions>(
        options => options.DisconnectTimeout = TimeSpan.FromSeconds(2));
}

builder.Services.AddAuthorization();
builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(options =>
{
    options.TokenValidationParameters = Tokens.Validation;
    options.Events = new JwtBearerEvents
    {
        // Browsers cannot set headers on WebSockets and event streams.
        OnMessageReceived = context =>
        {
            if (string.IsNullOrEmpty(context.Request.Headers.Authorization))
            {
                context.Token = context.Request.Query["access_token"];
            }
            return Task.CompletedTask;
        },
    };
});

var app = builder.Build();
app.UseMiddleware<AnyOrigin>();
app.UseMiddleware<NegotiateCookies>();
app.UseMiddleware<Detours>();
app.UseRouting();
app.UseAuthentication();
app.UseAuthorization();

void Transports(HttpConnectionDispatcherOptions options)
{
    if (fastTimings)
    {
        options.LongPolling.PollTimeout = TimeSpan.FromSeconds(2);
    }
}

app.MapHub<TestHub>("/testhub", options =>
{
    Transports(options);
    options.AllowStatefulReconnects = true;
});
app.MapHub<TestHub>("/testhub-nowebsockets", options =>
{
    Transports(options);
    options.Transports = HttpTransportType.ServerSentEvents | HttpTransportType.LongPolling;
});
app.MapHub<AuthorizedHub>("/authorizedhub", Transports);
app.MapHub<UncreatableHub>("/uncreatable", Transports);
app.MapConnectionHandler<EchoConnectionHandler>("/echo", Transports);

app.MapGet("/generateJwtToken", () => Tokens.Generate());
app.MapGet("/deployment", () => new { Framework = "reference" });
app.MapGet("/clientresult/{connectionId}", async (IHubContext<TestHub> hub, string connectionId) =>
{
    try
    {
        var number = await hub.Clients.Client(connectionId).InvokeAsync<int>("Result", default);
        return number.ToString(CultureInfo.InvariantCulture);
    }
    catch (Exception error)
    {
        return error.Message;
    }
});

await app.StartAsync();
var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
Console.WriteLine($"listening on {address}");
await app.WaitForShutdownAsync();
return 0;
