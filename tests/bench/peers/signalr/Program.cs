// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The hub of benchhub.cpp on ASP.NET Core SignalR, as its template sets it up, without logging.
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.SignalR;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddSignalR();
var application = builder.Build();
application.MapHub<BenchHub>("/bench");
await application.StartAsync();
var addresses = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
Console.WriteLine($"listening on {addresses!.Addresses.First()}");
await application.WaitForShutdownAsync();

/// <summary>Echo, groups and a broadcast that is not stored.</summary>
public sealed class BenchHub : Hub
{
    public string Echo(string text) => text;
    public Task Join(string group) => Groups.AddToGroupAsync(Context.ConnectionId, group);
    public Task Broadcast(string group, string text) => Clients.Group(group).SendAsync("Message", text);
}
